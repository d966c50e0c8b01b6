"""Files judged by rules alone: which files, under which settings, what is ignored, what is new."""
