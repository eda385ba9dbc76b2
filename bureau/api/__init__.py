"""The JSON interface: other systems of an office read figures and records, within that office's scope.

Reading only. It counts nothing and writes no cell itself: figures come from reporting, values from the sheets.
"""
