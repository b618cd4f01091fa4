"""One file a chart: a frame goes in, a figure comes out; no Streamlit, no store."""
