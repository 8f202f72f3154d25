"""Pictures of the pages of papers, for people: drawn in the sandbox and kept for a while."""
