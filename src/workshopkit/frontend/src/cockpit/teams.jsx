// Who is how far, and what is missing.
import { t, tn } from "../i18n.js";
import { isEarly, progressText, Told } from "../views/parts.jsx";

/** What a team has done in this act, in a word or a number. */
function done(team, state) {
  if (state.act === "case") return team.marks || "–";
  if (state.part === "guess") return team.guessed ? <Done /> : "–";
  if (state.part === "walk" || state.part === "break") return team.walked ? <Done /> : "–";
  if (state.act === "agreements" || state.act === "report") return team.agreements || "–";
  return null;
}

const DOING = (state) => {
  if (state.anonymous && state.act !== "agreements" && state.act !== "report") return null;
  if (state.act === "case") return t("Cards");
  if (state.part === "guess") return t("Guess");
  if (state.part === "walk" || state.part === "break") return t("Walk");
  if (state.act === "agreements" || state.act === "report") return t("Agreements");
  return null;
};

const FEW = 6;

/** The phones of a team; if some of them are not connected now, how many are. */
const there = ({ phones, there: connected }) => (connected === undefined || connected >= phones ? phones : `${connected}/${phones}`);

/** Who has not done yet what this moment asks; of single phones only how many. */
function Missing({ state: { missing } }) {
  if (!missing) return null;
  if ("count" in missing) return missing.count > 0 && <p>{tn("{count} phone has not answered yet.", "{count} phones have not answered yet.", missing.count)}</p>;
  if (!missing.names.length) return <p>{t("Nobody is missing.")}</p>;
  // Where many are missing the table says it better.
  return missing.names.length <= FEW && <p>{t("Not yet: {teams}.", { teams: missing.names.join(", ") })}</p>;
}

export function Teams({ state }) {
  const groups = Map.groupBy ? Map.groupBy(state.teams, (team) => team.domain ?? "") : group(state.teams);
  const doing = DOING(state);
  const asked = !isEarly(state);
  const alone = state.anonymous;
  const progress = progressText(state, state.teams_count ?? 0, { joined: state.joined_count ?? 0, ready: state.ready_count ?? 0 });
  const columns = [t("Phones"), ...(alone ? [t("People"), ...(asked ? [t("Ready")] : [])] : asked ? [t("Told"), t("Heard")] : []), ...(doing ? [doing] : [])];
  return (
    <section class="card stack cockpit-teams">
      <h2>{progress}</h2>
      <Told text={progress} />
      <Missing state={state} />
      {state.late_count > 0 && <p>{tn("{count} phone came in later. It is at the same step, and answers what is open.", "{count} phones came in later. They are at the same step, and answer what is open.", state.late_count)}</p>}
      {asked && !alone && <p class="muted">{t("A number: tapped so far. ✓: this is everyone.")}</p>}
      {alone && <p class="muted">{t("Of single phones nobody sees the answers, you neither.")}</p>}
      <table aria-label={progress}>
        <thead>
          <tr>
            <th scope="col">{alone ? t("Group") : t("Team")}</th>
            {columns.map((column) => (
              <th scope="col" key={column}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        {[...groups].map(([domain, teams]) => (
          <tbody key={domain}>
            <tr>
              <th scope="rowgroup" colSpan={columns.length + 1}>
                {domain || (alone ? t("Groups") : t("Outside"))}
              </th>
            </tr>
            {teams.map((team) => (
              <tr key={team.id} class={team.ready ? "team-ready" : ""}>
                <th scope="row">
                  {team.label}
                  {team.imported && <small class="muted"> {t("from a file")}</small>}
                  {team.typed && <small class="muted"> {t("typed in")}</small>}
                  {team.late && <small class="muted"> {t("came in later")}</small>}
                </th>
                <td>{team.phones ? there(team) : "–"}</td>
                {alone && <td>{team.people}</td>}
                {alone && asked && <td>{team.ready_phones || "–"}</td>}
                {!alone && asked && <td>{team.closed.told ? <Closed /> : team.told || "–"}</td>}
                {!alone && asked && <td>{team.closed.heard ? <Closed /> : team.heard || "–"}</td>}
                {doing && <td>{done(team, state)}</td>}
              </tr>
            ))}
          </tbody>
        ))}
      </table>
      {alone &&
        state.teams
          .filter((team) => team.phones > team.people)
          .map((team) => (
            <p class="notice" key={team.id}>
              {t("{group} has more phones than people. Ask who is in twice: they withdraw one of them.", { group: team.label })}
            </p>
          ))}
    </section>
  );
}

const Done = () => (
  <span role="img" aria-label={t("done")}>
    ✓
  </span>
);

const Closed = () => (
  <span role="img" aria-label={t("This is everyone")}>
    ✓
  </span>
);

function group(teams) {
  const groups = new Map();
  for (const team of teams) groups.set(team.domain ?? "", [...(groups.get(team.domain ?? "") ?? []), team]);
  return groups;
}
