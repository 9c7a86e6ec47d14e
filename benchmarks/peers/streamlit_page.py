"""The lean page in Streamlit: a checkbox for every row. Each question is a fragment, so that a tap runs that question alone again."""

import streamlit as st
from questions import ABOUT, HEARD, TEAMS, TITLE, TOLD


@st.fragment
def roster(name: str, question: str) -> None:
    """Ask one question: a count, a row for every team, and a button that ends it."""
    st.subheader(question)
    count = st.empty()
    closed = st.session_state.get(f"{name}-done", False)
    rows = [st.checkbox(team, key=f"{name}-{team}", disabled=closed) for team in TEAMS]
    count.markdown(f"Count: {sum(rows)}")
    if st.button("This is everyone", key=f"{name}-button", type="primary", disabled=closed):
        st.session_state[f"{name}-done"] = True
        st.rerun(scope="fragment")


st.title(TITLE)
st.markdown(ABOUT)
roster("told", TOLD)
roster("heard", HEARD)
st.selectbox("Wish", ["Nobody", *TEAMS])
st.button("Go on", type="primary")
