"""Forms of an office's own, workbooks and Word texts with marks: looked at when they come in, filled without opening
them in any other program. Whatever is no mark stays as it is, byte for byte or element for element."""
