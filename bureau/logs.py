"""What may not stand in a log."""

import logging
import re

_KEY = re.compile(r"(?<=[?&]key=)[^&\s\"']+")


class WithoutKeys(logging.Filter):
    """Takes the keys of calendar addresses out of every line, wherever it comes from."""

    def filter(self, record: logging.LogRecord) -> bool:
        line = record.getMessage()
        masked = _KEY.sub("***", line)
        if masked != line:
            record.msg, record.args = masked, ()
        return True
