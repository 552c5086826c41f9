"""One folder to work in, and runs of imgpipe there, each with a time after which it counts as hanging."""

import json
import os
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import processes

# A run that says nothing for so long hangs, s.
LIMIT = 600


@dataclass
class Ended:
    """How a run ended.

    code: exit value, 128 + N for a signal N, as a shell has it
    summary: what --json printed, or None
    hang: where the stacks of a run that had to be killed were written, or None
    """

    code: int
    summary: dict
    error: str
    seconds: float
    hang: Path
    coordinator_peak: int
    worker_peak: int
    survivors: list

    def __getitem__(self, name):
        return self.summary[name]


class Place:
    """A folder for runs that follow each other on one OUT; what lies in `temporary` are their FIFOs."""

    def __init__(self, context, name, source=None, output=None):
        self.context = context
        self.folder = context.work / name
        if self.folder.exists():
            shutil.rmtree(self.folder)
        self.folder.mkdir(parents=True)
        self.source = Path(source) if source else self.folder / "in"
        self.output = Path(output) if output else self.folder / "out"
        self.temporary = self.folder / "pipes"
        self.temporary.mkdir()
        self.runs = 0

    def remove(self):
        """Called when nothing in it is worth a look."""
        if not self.context.kept:
            shutil.rmtree(self.folder, ignore_errors=True)

    def arguments(self, verb):
        return [*verb, str(self.source), str(self.output), "--json", "--progress", "never"]

    def start(self, verb, **how):
        """Starts `imgpipe VERB... IN OUT`."""
        return self.launch(self.arguments(verb), **how)

    def launch(self, arguments, **how):
        self.runs += 1
        return Run(self, arguments, **how)

    def run(self, verb, limit=LIMIT, **how):
        with self.start(verb, **how) as run:
            return run.end(limit)

    def ledger(self):
        return self.output / ".imgpipe" / "ledger.jsonl"

    def recorded(self):
        """How many lines the ledger has; asked while a run goes on."""
        try:
            return self.ledger().read_bytes().count(b"\n")
        except OSError:
            return 0


class Run:
    """A run of imgpipe, started. Leaving its `with` ends what is left of it.

    wrapper: words before the launcher, `strace ...`
    environment: variables set (None: unset); `clean`: those and no others, as `env -i` does it
    options, worker_options: of the JVMs
    """

    def __init__(self, place, arguments, wrapper=(), environment=None, clean=False, options="", worker_options=""):
        self.place = place
        self.prefix = place.folder / f"run-{place.runs}"
        variables = {} if clean else dict(os.environ)
        # Java's folder for temporary files is its own, and not that of TMPDIR.
        variables["IMGPIPE_OPTS"] = f"-Djava.io.tmpdir={place.temporary} {options}".strip()
        variables["IMGPIPE_OFFLINE"] = "1"
        if worker_options:
            variables["IMGPIPE_WORKER_OPTS"] = worker_options
        for name, value in (environment or {}).items():
            variables.pop(name, None)
            if value is not None:
                variables[name] = value
        self.begin = time.monotonic()
        self.seconds = None
        with open(f"{self.prefix}.out", "wb") as out, open(f"{self.prefix}.err", "wb") as err:
            self.process = subprocess.Popen(
                [*wrapper, str(place.context.launcher), *arguments],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                cwd=place.folder,
                env=variables,
                start_new_session=True,
            )
        self.watch = processes.Watch(self.process.pid)
        self.watch.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for process in [*self.watch.look(), *self.watch.survivors()]:
            process.signal(signal.SIGKILL)
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.watch.stop()

    def is_alive(self):
        if self.process.poll() is None:
            return True
        if self.seconds is None:
            self.seconds = time.monotonic() - self.begin
        return False

    def signal(self, number):
        """To the coordinator; whether it was still there."""
        if not self.is_alive():
            return False
        self.process.send_signal(number)
        return True

    def signal_group(self, number):
        os.killpg(self.process.pid, number)

    def workers(self):
        return self.watch.living_workers()

    def wait_for_workers(self, number=1, limit=60):
        """Waits until so many workers run; whether they do."""
        processes.wait_until(lambda: len(self.workers()) >= number or not self.is_alive(), limit)
        return len(self.workers()) >= number

    def wait_for_progress(self, pictures, limit=60):
        """Waits until so many pictures are recorded; whether the run still goes on."""
        processes.wait_until(lambda: self.place.recorded() >= pictures or not self.is_alive(), limit)
        return self.is_alive()

    def end(self, limit=LIMIT):
        """Waits for its end; after so many seconds its stacks are written down and it is killed."""
        hang = None
        try:
            self.process.wait(limit)
        except subprocess.TimeoutExpired:
            hang = self.dump_stacks()
            for process in self.watch.look():
                process.signal(signal.SIGKILL)
            self.process.kill()
            self.process.wait()
        self.is_alive()
        # The last ones may be about to go: they notice the end of their pipe.
        processes.wait_until(lambda: not self.watch.survivors(), 2)
        code = self.process.returncode
        return Ended(
            128 - code if code < 0 else code,
            self.summary(),
            Path(f"{self.prefix}.err").read_text(encoding="utf-8", errors="replace"),
            self.seconds,
            hang,
            self.watch.coordinator_peak,
            self.watch.worker_peak(),
            self.watch.survivors(),
        )

    def summary(self):
        try:
            return json.loads(Path(f"{self.prefix}.out").read_bytes())
        except ValueError:
            return None

    def dump_stacks(self):
        file = Path(f"{self.prefix}.stacks")
        jstack = self.place.context.java_home / "bin" / "jstack"
        with open(file, "wb") as out:
            for pid in [self.process.pid, *(process.pid for process in self.watch.look())]:
                out.write(b"\n=== %d %s\n" % (pid, processes.command_line(pid)[-300:].replace(b"\0", b" ")))
                out.flush()
                subprocess.run(["timeout", "10", str(jstack), "-l", str(pid)], stdout=out, stderr=out, check=False)
        self.place.context.kept = True
        return file
