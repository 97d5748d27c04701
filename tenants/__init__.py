"""Who the municipalities are and how each differs from the shared models. Pure: values in, values out."""
