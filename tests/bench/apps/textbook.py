"""The dashboard as the tutorials of its packages write it: a cached frame, groupby, px.line.

Reads the CSV of articles that TEXTBOOK_ARTICLES names. A rival of `dashboard_speed`, with the same
questions: articles a day by topic, narrowed by the outlet's country.
"""

import os

import pandas as pd
import plotly.express as px
import streamlit as st


@st.cache_data
def load_articles(path: str) -> pd.DataFrame:
    """Return the articles, with their topics as lists."""
    articles = pd.read_csv(path, parse_dates=["publish_date"], keep_default_na=False)
    return articles.assign(topic=articles["topics"].str.split("; "))


st.title("Media monitor")
articles = load_articles(os.environ["TEXTBOOK_ARTICLES"])
every = articles.explode("topic")
with st.sidebar:
    topics = st.multiselect("Topics", sorted(set(every["topic"]) - {""}))
    countries = st.multiselect("Published in", sorted(set(articles["media_pub_country"])))
shown = every[every["topic"].isin(topics)] if topics else every
if countries:
    shown = shown[shown["media_pub_country"].isin(countries)]
counts = shown.groupby(["publish_date", "topic"]).size().reset_index(name="articles")
st.plotly_chart(px.line(counts, x="publish_date", y="articles", color="topic"))
st.dataframe(shown["media_name"].value_counts().head(10))
st.dataframe(shown["media_pub_country"].value_counts().head(10))
