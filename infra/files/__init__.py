"""Register files: read from JSON lines and workbooks, written as workbooks."""
