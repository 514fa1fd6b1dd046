"""The commands of those who make the course; the Makefile names them."""
