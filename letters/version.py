"""The version of this program."""

# The same as in pyproject.toml; asking the package's metadata would take longer than all else.
VERSION = "0.1.0"
