"""What does the paper say? Bytes become pages, pages documents, documents fields with their place."""
