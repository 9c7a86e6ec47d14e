// What can be done with what is selected: beside the map, or under it on a phone.
import { t, tn } from "../i18n.js";
import { DomainChoice, DomainFields, LineFields, PlaceFields } from "./fields.jsx";
import { actorOf, domainOf, lineOf } from "./model.js";

const Button = ({ children, ...props }) => (
  <button type="button" class="we-btn" {...props}>
    {children}
  </button>
);

const Delete = ({ session }) => <Button onClick={session.removeSelected}>{t("Delete")}</Button>;

export function Inspector({ session, channels }) {
  const { drawing, state } = session;
  const { places, keys, domain } = state.selection;
  const edits = state.mode === "all";
  if (places.length + keys.length > 1) return <Several session={session} edits={edits} />;
  if (state.list) return null; // a row has its own fields
  if (keys.length) {
    return (
      <Panel title={t("Line")}>
        <LineFields session={session} line={lineOf(drawing, keys[0])} channels={channels} />
        <Delete session={session} />
      </Panel>
    );
  }
  if (domain) {
    return (
      <Panel title={t("Domain")}>
        <DomainFields session={session} domain={domainOf(drawing, domain)} />
        <Delete session={session} />
      </Panel>
    );
  }
  if (places.length) {
    const actor = actorOf(drawing, places[0]);
    const pin = ({ target }) => session.act({ do: "change", ids: [actor.id], fields: { placed: target.checked } });
    return (
      <Panel title={edits ? t("Place") : actor.label}>
        {edits && <PlaceFields session={session} actor={actor} />}
        {edits && (
          <label class="we-check">
            <input type="checkbox" checked={actor.placed} onChange={pin} />
            {t("Stays here when tidying up")}
          </label>
        )}
        <p class="we-row">
          <Button onClick={() => session.setTool("line")}>{t("Draw a line from here")}</Button>
          {edits && <Delete session={session} />}
        </p>
      </Panel>
    );
  }
  return (
    <Panel title={t("Nothing selected")}>
      <p class="we-soft">{edits ? t("Tap a place, a line or the name of a domain to change it.") : t("Tap a line to change it, or a place to begin a line there.")}</p>
    </Panel>
  );
}

const Panel = ({ title, children }) => (
  <section class="we-panel" aria-label={title}>
    <h3>{title}</h3>
    {children}
  </section>
);

function Several({ session, edits }) {
  const { drawing, state } = session;
  const { places, keys } = state.selection;
  const labels = places.map((id) => actorOf(drawing, id).label);
  const domains = new Set(places.map((id) => actorOf(drawing, id).domain));
  return (
    <Panel title={tn("{count} selected", "{count} selected", places.length + keys.length)}>
      {places.length > 0 && edits && <DomainChoice session={session} label={t("Domain")} ids={places} value={domains.size === 1 ? [...domains][0] : null} />}
      <p class="we-row">
        {places.length > 0 && edits && <Button onClick={() => session.addDomain()}>{t("New domain around these")}</Button>}
        {places.length > 1 && edits && <Button onClick={() => session.join(places)}>{t("Join into “{name}”", { name: labels[0] })}</Button>}
        {(edits || !places.length) && <Delete session={session} />}
      </p>
      {places.length > 1 && edits && <p class="we-soft">{t("Joining: {names} become one place; their lines become its lines.", { names: labels.slice(0, 4).join(", ") + (labels.length > 4 ? ", …" : "") })}</p>}
    </Panel>
  );
}

/** Places that may be the same one. */
export function Similar({ session, pairs, dismissed, dismiss }) {
  const { drawing, state } = session;
  if (state.mode !== "all") return null;
  const open = pairs.map((pair) => pair.map((id) => actorOf(drawing, id))).filter(([one, other]) => one && other && one !== other && !dismissed.has(JSON.stringify([one.id, other.id])));
  return open.slice(0, 3).map(([one, other]) => (
    <p key={`${one.id} ${other.id}`} class="we-row we-similar">
      <span>{t("Are “{one}” and “{other}” the same place?", { one: one.label, other: other.label })}</span>
      <Button onClick={() => session.join([one.id, other.id])}>{t("Join into “{name}”", { name: one.label })}</Button>
      <Button onClick={() => dismiss(JSON.stringify([one.id, other.id]))}>{t("No, two places")}</Button>
    </p>
  ));
}
