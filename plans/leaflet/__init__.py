"""How a plan reads: content to a language, to HTML, to PDF."""
