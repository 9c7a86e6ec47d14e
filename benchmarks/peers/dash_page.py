"""The lean page in Dash: a checklist for every question; the server keeps nothing between two calls."""

from dash import Dash, Input, Output, callback, dcc, html
from questions import ABOUT, HEARD, TEAMS, TITLE, TOLD


def roster(name: str, question: str) -> html.Div:
    """Ask one question: a count, a row for every team, and a button that ends it."""
    rows, count, done = f"{name}-rows", f"{name}-count", f"{name}-done"

    @callback(Output(count, "children"), Input(rows, "value"), prevent_initial_call=True)
    def recount(chosen: list[str]) -> str:
        return str(len(chosen))

    @callback(Output(rows, "options"), Input(done, "n_clicks"), prevent_initial_call=True)
    def close(_: int) -> list[dict[str, object]]:
        return [{"label": team, "value": team, "disabled": True} for team in TEAMS]

    return html.Div(
        [
            html.H3(question),
            html.Span("0", id=count, className="count"),
            dcc.Checklist(options=TEAMS, value=[], id=rows),
            html.Button("This is everyone", id=done),
        ]
    )


app = Dash(__name__, title=TITLE, update_title="", compress=True)
app.layout = html.Div(
    [
        html.H1(TITLE),
        html.P(ABOUT),
        roster("told", TOLD),
        roster("heard", HEARD),
        html.Label(["Wish", dcc.Dropdown(["Nobody", *TEAMS], "Nobody", clearable=False)]),
        html.Button("Go on"),
    ]
)
server = app.server
# A worker serves the scripts of a page only once it has made one: this is made before gunicorn forks its workers.
server.test_client().get("/")
