"""Measure maps in a headless browser with the network off: ours beside plain pyvis, medians of three visits.

Run from the repository: `python benchmarks/map_probe.py [--sizes 100,1000,10000] [--plain 100] [--json]`.
Numbers depend on the machine; only the shape of the page (bytes, requests) is asserted, and that in the tests.
"""

import argparse
import json
import statistics
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

from map_worlds import edges, register
from playwright.sync_api import Browser, Page, sync_playwright
from pyvis.network import Network

import kg.map

LINES = 2.2  # lines per thing
VISITS = 3
PATIENCE = 150  # seconds for plain pyvis
WIDTH, HEIGHT = 1280, 800

WATCH = """
window.blocks = [];
new PerformanceObserver((list) => {
  for (const each of list.getEntries()) window.blocks.push([each.startTime, each.duration]);
}).observe({ type: "longtask", buffered: true });
window.frames = (until) => new Promise((done) => {
  const times = [];
  const step = (now) => {
    times.push(now);
    if (window.stopFrames || now > times[0] + until) done(times);
    else requestAnimationFrame(step);
  };
  window.stopFrames = false;
  requestAnimationFrame(step);
});
"""

# Plain pyvis tells nobody when it has drawn: ask its network as soon as there is one.
WATCH_PLAIN = """
const waiting = setInterval(() => {
  if (!window.network) return;
  clearInterval(waiting);
  window.network.once("afterDrawing", () => { window.firstDrawn = performance.now(); });
  window.network.once("stabilized", () => { window.atRest = performance.now(); });
}, 10);
"""
FILTER = """
async (chosen) => {
  const boxes = document.querySelectorAll(chosen);
  const times = [];
  for (const box of [boxes[0], boxes[0], boxes[1], boxes[1]]) {
    const start = performance.now();
    box.click();
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    times.push(performance.now() - start);
  }
  return times.sort((one, two) => one - two)[2];
}
"""
SEARCH = """
async () => {
  const box = document.getElementById("query");
  const start = performance.now();
  box.value = "party 7";
  box.dispatchEvent(new Event("input"));
  return performance.now() - start;
}
"""


def measure(browser: Browser, path: Path) -> dict[str, float]:
    """Visit a map once and return what it cost."""
    context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, offline=True)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.add_init_script(WATCH)
    page.goto(path.resolve().as_uri())
    page.locator("html[data-ready=yes]").wait_for(state="attached", timeout=60_000)
    page.wait_for_timeout(700)
    drawn = page.evaluate("performance.getEntriesByName('drawn')[0].startTime")
    numbers = {"first draw ms": drawn, "outside requests": float(len(asked) - 1), "heap MB": heap(page)}
    numbers |= moves(page) | answers(page)
    blocks = [length for start, length in page.evaluate("window.blocks") if start > drawn]
    numbers["longest block ms"] = max(blocks, default=0.0)
    context.close()
    return numbers


def heap(page: Page) -> float:
    """Megabytes of JavaScript objects alive after a collection."""
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    session.send("Performance.enable")
    found = {each["name"]: each["value"] for each in session.send("Performance.getMetrics")["metrics"]}
    return float(found["JSHeapUsedSize"]) / 1e6


def moves(page: Page) -> dict[str, float]:
    """Frames per second while a hand pans and while a wheel zooms, and the wait at the 95th percentile."""
    page.mouse.move(560, 250)
    numbers: dict[str, float] = {}
    for name in ("pan", "zoom"):
        page.evaluate("window.moving = window.frames(5000); null")
        if name == "pan":
            page.mouse.down()
        for step in range(60):
            if name == "pan":
                page.mouse.move(560 + 3 * (step % 40), 250 + 2 * (step % 30))
            else:
                page.mouse.wheel(0, -40 if step < 30 else 40)  # noqa: PLR2004
        page.evaluate("window.stopFrames = true")
        times = page.evaluate("window.moving")
        page.mouse.up()
        page.wait_for_timeout(400)
        waits = sorted(later - before for before, later in pairwise(times))
        numbers[f"{name} fps"] = 1000 / statistics.fmean(waits)
        numbers[f"{name} wait p95 ms"] = waits[int(len(waits) * 0.95)]
    return numbers


def answers(page: Page) -> dict[str, float]:
    """Milliseconds from a filter, and from a letter in the search box, to the next frame."""
    filtered = page.evaluate(FILTER, "#filters fieldset input")
    countries = page.evaluate(FILTER, "[data-name=countries] input")
    return {"filter ms": filtered, "country filter ms": countries, "search ms": page.evaluate(SEARCH)}


def plain(browser: Browser, folder: Path, size: int) -> dict[str, float]:
    """What pyvis makes of the same lines by itself: bytes, hosts asked, when it is first drawn and when at rest."""
    network = Network(cdn_resources="in_line")
    for number in range(size):
        network.add_node(number, label=f"Party {number} of the register")
    for start, end in edges(size, int(size * LINES)):
        network.add_edge(start, end)
    path = folder / f"plain-{size}.html"
    path.write_text(network.generate_html(), encoding="utf-8")
    context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, offline=True)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.add_init_script(WATCH_PLAIN)
    page.goto(path.resolve().as_uri())
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and page.evaluate("window.atRest === undefined"):
        page.wait_for_timeout(200)
    drawn, rest = page.evaluate("[window.firstDrawn ?? null, window.atRest ?? null]")
    context.close()
    return {
        "KB": path.stat().st_size / 1000,
        "outside requests": float(len(asked) - 1),
        "first draw ms": drawn if drawn is not None else float("inf"),
        "at rest ms": rest if rest is not None else float("inf"),
        "lines kept of all": len(network.edges) / int(size * LINES),
    }


def made(folder: Path, size: int) -> tuple[Path, dict[str, float]]:
    """Draw a register of a size; return the file and what Python needed."""
    dataset = register(size, int(size * LINES))
    begun = time.process_time()
    html = kg.map.draw(dataset)
    seconds = time.process_time() - begun
    path = folder / f"map-{size}.html"
    kg.map.write(html, path)
    return path, {"KB": path.stat().st_size / 1000, "python CPU s": seconds}


def peak(size: int) -> float:
    """Megabytes Python allocates between the dataset and the page."""
    dataset = register(size, int(size * LINES))
    tracemalloc.start()
    kg.map.draw(dataset)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most / 1e6


def medians(visits: list[dict[str, float]]) -> dict[str, float]:
    """The middle value of each number."""
    return {name: statistics.median(each[name] for each in visits) for name in visits[0]}


def show(title: str, numbers: Mapping[str, float]) -> None:
    """Print one column of the table."""
    sys.stdout.write(f"\n{title}\n")
    for name, value in numbers.items():
        sys.stdout.write(f"  {name:<22}{value:>12.1f}\n")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="100,1000,10000")
    parser.add_argument("--plain", default="100")
    parser.add_argument("--browser", default="/usr/bin/chromium")
    parser.add_argument("--memory", action="store_true", help="also trace Python's memory (slow)")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    found: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=asked.browser, args=["--no-sandbox", "--disable-gpu"])
        for size in filter(None, asked.sizes.split(",")):
            path, numbers = made(Path(name), int(size))
            numbers |= medians([measure(browser, path) for _ in range(VISITS)])
            if asked.memory:
                numbers["python peak MB"] = peak(int(size))
            found[f"kg map, {size} things"] = numbers
        for size in filter(None, asked.plain.split(",")):
            found[f"plain pyvis, {size} nodes"] = plain(browser, Path(name), int(size))
        browser.close()
    if asked.json:
        sys.stdout.write(json.dumps(found, indent=1) + "\n")
    else:
        for title, numbers in found.items():
            show(title, numbers)


if __name__ == "__main__":
    main()
