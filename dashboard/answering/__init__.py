"""Questions that pages ask of the store, answered in this process or, where many ask, in others."""
