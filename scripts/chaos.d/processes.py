"""Processes as /proc shows them. A pid alone is no identity: it may be given to another one."""

import os
import threading
import time
from typing import NamedTuple


class Process(NamedTuple):
    pid: int
    started: int  # clock ticks since the machine's start

    def is_alive(self):
        status = read_stat(self.pid)
        return status is not None and status.started == self.started and status.state not in "ZX"

    def signal(self, number):
        """Sends a signal; whether there was still somebody to take it."""
        try:
            if self.is_alive():
                os.kill(self.pid, number)
                return True
        except ProcessLookupError:
            pass
        return False


class Stat(NamedTuple):
    parent: int
    started: int
    state: str


def read_stat(pid):
    try:
        with open(f"/proc/{pid}/stat", "rb") as file:
            fields = file.read().rpartition(b")")[2].split()
    except OSError:
        return None
    return Stat(int(fields[1]), int(fields[19]), fields[0].decode())


def command_line(pid):
    try:
        with open(f"/proc/{pid}/cmdline", "rb") as file:
            return file.read()
    except OSError:
        return b""


def peak_memory(pid):
    """The most that was resident so far, kB; 0 where that is not known."""
    try:
        with open(f"/proc/{pid}/status", encoding="utf-8", errors="replace") as file:
            for line in file:
                if line.startswith("VmHWM:"):
                    return int(line.split()[1])
    except OSError:
        pass
    return 0


def descendants(root):
    """Children of the process with this pid, theirs, and so on."""
    children = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            stat = read_stat(name)
            if stat is not None:
                children.setdefault(stat.parent, []).append(Process(int(name), stat.started))
    found = []
    waiting = [root]
    while waiting:
        of_one = children.get(waiting.pop(), [])
        found += of_one
        waiting += [process.pid for process in of_one]
    return found


def naming(text):
    """Living processes that have this text in their command line."""
    found = []
    for name in os.listdir("/proc"):
        if name.isdigit() and int(name) != os.getpid() and text in command_line(name):
            stat = read_stat(name)
            if stat is not None and stat.state not in "ZX":
                found.append(Process(int(name), stat.started))
    return found


class Watch(threading.Thread):
    """Notes all descendants that a process ever has, and the memory they and it take at most."""

    PERIOD = 0.05

    def __init__(self, pid):
        super().__init__(daemon=True)
        self.root = pid
        self.peaks = {}
        self.first_seen = {}
        self.last_seen = {}
        self.workers = set()
        self.coordinator_peak = 0
        self.over = threading.Event()
        self.lock = threading.Lock()

    def run(self):
        while not self.over.wait(self.PERIOD):
            self.look()

    def look(self):
        """Takes a look now; all descendants that are alive."""
        with self.lock:
            alive = descendants(self.root)
            root = read_stat(self.root)
            for process in alive + ([Process(self.root, root.started)] if root else []):
                peak = peak_memory(process.pid)
                command = command_line(process.pid)
                if b"imgpipe.cli.Main" in command and b"strace" not in command[:20]:
                    self.coordinator_peak = max(self.coordinator_peak, peak)
                elif process.pid != self.root:
                    if b"imgpipe.worker.WorkerMain" in command:
                        self.workers.add(process)
                    self.peaks[process] = max(self.peaks.get(process, 0), peak)
                    self.last_seen[process] = time.time()
                    self.first_seen.setdefault(process, self.last_seen[process])
            return alive

    def living_workers(self):
        alive = self.look()
        return [process for process in alive if process in self.workers]

    def survivors(self):
        with self.lock:
            return [process for process in self.peaks if process.is_alive()]

    def worker_peak(self):
        """kB of the largest worker."""
        with self.lock:
            return max((self.peaks[worker] for worker in self.workers), default=0)

    def stop(self):
        self.over.set()
        self.join()


def wait_until(condition, limit, period=0.005):
    """Seconds until the condition held, or None if it did not within the limit."""
    begin = time.monotonic()
    while not condition():
        if time.monotonic() - begin > limit:
            return None
        time.sleep(period)
    return time.monotonic() - begin
