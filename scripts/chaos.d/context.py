"""What all campaigns of one start share: options, folders, the launcher, undisturbed runs."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pictures
import promises
from run import Place

HERE = Path(__file__).resolve().parent


FAULTS = ("missing: ", "torn: ", "changed: ", "undecodable: ", "unreadable: ")
NO_FAULT_OF_THE_DEAD = "foreign: "


class Context:
    def __init__(self, options):
        self.launcher = HERE.parent / "imgpipe"
        self.seeds = list(range(options.seed, options.seed + options.seeds))
        self.quick = options.quick
        self.corpus = options.corpus
        # Whether the work folder stays: asked for, or something in it is worth a look.
        self.kept = options.keep is not None
        cache = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
        self.cache = Path(cache) / "imgpipe" / "chaos"
        self.cache.mkdir(parents=True, exist_ok=True)
        if options.keep:
            self.work = Path(options.keep).resolve()
            self.work.mkdir(parents=True, exist_ok=True)
        else:
            self.work = Path(tempfile.mkdtemp(prefix="imgpipe-chaos-"))
        if any(letter.isspace() for letter in str(self.work)):
            sys.exit(f"chaos: there is a blank in {self.work}; options of a JVM are separated by blanks")
        self.java_home = Path(subprocess.check_output([HERE.parent / "find-jdk", "javac"], text=True).strip())
        self.undisturbed_runs = {}
        # Where the distribution with the misbehaving worker is, once it was made.
        self.misbehaving = None
        # Builds what is missing before anything is timed.
        self.imgpipe("formats")
        self.verbs = self.imgpipe("help")

    def imgpipe(self, *arguments):
        """Runs it and returns what it prints; it must succeed."""
        return subprocess.run([self.launcher, *arguments], check=True, stdout=subprocess.PIPE, text=True).stdout

    def say(self, sentence):
        print(f"chaos: {sentence}", file=sys.stderr, flush=True)

    def is_root(self):
        return os.geteuid() == 0

    def has(self, program):
        return shutil.which(program) is not None

    def size(self, usual, quick):
        return quick if self.quick else usual

    def pictures(self, number):
        return pictures.picture_set(self, number)

    def undisturbed(self, source, verb):
        """Checksums of what an undisturbed run makes of a folder, and the seconds it took."""
        key = (str(source), *verb)
        if key not in self.undisturbed_runs:
            place = Place(self, "undisturbed", source=source)
            ended = place.run(verb)
            sums = promises.checksums(place.output)
            complaints = promises.broken(place, ended, sums, [0])
            if complaints or ended["done"] != len(sums):
                sys.exit(f"chaos: the undisturbed run is no good: {complaints or ended.summary}")
            self.say(f"undisturbed: {len(sums)} pictures in {ended.seconds:.1f} s")
            self.undisturbed_runs[key] = (sums, ended.seconds)
            place.remove()
        return self.undisturbed_runs[key]

    def broken(self, place, ended, expected, codes, **how):
        """As promises.broken, and what `imgpipe verify` finds where there is that verb."""
        complaints = promises.broken(place, ended, expected, codes, **how)
        if " verify " in self.verbs and place.ledger().exists():
            verified = subprocess.run([self.launcher, "verify", place.output], capture_output=True, text=True, check=False)
            found = [line for line in verified.stdout.splitlines() if not line.startswith(NO_FAULT_OF_THE_DEAD)]
            # A run that was killed between rename and ledger line leaves a whole file that the ledger does not name.
            if verified.returncode != 0 and (how.get("complete", True) or any(line.startswith(FAULTS) for line in found)):
                complaints.append(f"verify, exit {verified.returncode}: {found[:3] or promises.last_line(verified.stderr)}")
        return complaints

    def close(self):
        if self.kept:
            self.say(f"what happened lies in {self.work}")
        else:
            shutil.rmtree(self.work, ignore_errors=True)
