// A story: ordered captions, each a state of the map, stepped by click or key.
function buildStory() {
  const { story } = data;
  $("story").hidden = !story.length;
  if (!story.length) return;
  const step = Math.max(0, state.step);
  const { caption } = story[step];
  const lang = caption[state.lang] !== undefined ? state.lang : Object.keys(caption)[0];
  // At either end the button stays, and keeps the focus, but leads nowhere.
  const move = (key, by) =>
    make(
      "button",
      {
        type: "button",
        "data-key": key,
        "aria-disabled": String(!story[state.step + by]),
        onclick: () => goStep(state.step + by),
      },
      say(key),
    );
  fill(
    $("story"),
    words({ text: caption[lang], lang }, "p"),
    make(
      "div",
      {},
      make("span", { class: "quiet" }, say("step", { n: step + 1, all: story.length })),
      move("previous", -1),
      move("next", 1),
    ),
  );
}

function goStep(step) {
  if (!data.story[step]) return;
  const [found] = fromAddress(data.story[step].state);
  const { lang, theme } = state;
  change({ ...found, lang, theme, step });
  buildFilters();
  buildTime();
  buildStory();
  if (network && !state.chosen) fitCamera();
  if (state.chosen?.thing !== undefined) showThing(state.chosen.thing);
  tell($("story").querySelector("p").textContent);
}

// The map inside another page: no bars, and a line that says whose it is.
function markEmbedded() {
  const embedded = new URLSearchParams(location.hash.slice(1)).get("embed") === "yes";
  document.documentElement.classList.toggle("embed", embedded);
}

async function copyEmbed() {
  const address = `${location.href.split("#")[0]}#embed=yes&${toAddress()}`;
  const quoted = (text) => text.replace(/[&<>"]/g, (each) => `&#${each.charCodeAt(0)};`);
  await copyText(
    `<iframe src="${quoted(address)}" title="${quoted(document.title)}" width="100%" height="600" loading="lazy"></iframe>`,
  );
}
