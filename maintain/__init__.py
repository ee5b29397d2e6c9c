"""What maintainers make from the program and its data: documents, the gallery, golden texts."""
