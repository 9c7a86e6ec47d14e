"""What the notebooks place: one page or act each, a model of what is shown and what may be done."""
