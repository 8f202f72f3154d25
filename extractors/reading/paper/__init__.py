"""The sheet on a picture: found, laid flat, upright and evenly lit, or why it can hardly be read."""
