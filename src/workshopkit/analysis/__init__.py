"""Pure measures: a network in, a plain result out."""
