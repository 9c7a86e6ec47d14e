"""Each figure is one plain description of shapes, positions and texts; renderers only draw it."""
