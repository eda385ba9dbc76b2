"""The demo's offices and logins without a single record, served: ``python -m tests.browser.empty_bureau PORT``."""

import sys

import django
from django.core.management import call_command


def main() -> int:
    django.setup()
    from bureau import demo, serving

    call_command("migrate", verbosity=0)
    demo.fill_ground()
    return serving.serve(port=int(sys.argv[1]))


if __name__ == "__main__":
    sys.exit(main())
