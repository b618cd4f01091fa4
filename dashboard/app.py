"""The dashboard's entry: `streamlit run dashboard/app.py`.

Streamlit reads this file twice: once as a module, for the server and its headers, and once in each
run of each session as the script.
"""

import sys
from pathlib import Path

# Streamlit puts only this folder on the path; `pipelines` and `dashboard` lie beside it.
if (root := str(Path(__file__).resolve().parents[1])) not in sys.path:
    sys.path.insert(0, root)

import streamlit as st

if __name__ == "__main__":
    from dashboard.shell import run_page  # its caches want the server to be there first

    run_page()
elif __name__ != "__mp_main__":  # a process that tags reads the main module, and is no server
    from dashboard.serving.server import closing_stores, middleware

    app = st.App(__file__, middleware=middleware(), lifespan=closing_stores)
