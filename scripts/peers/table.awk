# Turns what bench-peers has noted into a table in Markdown.
#
#   jobs     JOB PICTURES BOX KIND
#   probes   JOB PEER WALL PEAK_MB BYTES_OUT PICTURES_OUT        the run that is not timed
#   quality  JOB PEER PSNR PICTURES
#   runs     JOB PEER WALL USER SYSTEM EXIT_CODE PICTURES         a line for each timed run
#
# The floor has no wall time of its own: its CPU time is divided by the cores.
$1 == "jobs" { order[++jobs] = $2; count[$2] = $3; box[$2] = $4; kind[$2] = $5 }
$1 == "probes" {
    key = $2 SUBSEP $3
    entrants[$2] = entrants[$2] " " $3
    peak[key] = $5
    bytes[key] = $6
    made[key] = $7
}
$1 == "quality" { psnr[$2 SUBSEP $3] = $4 }
$1 == "runs" {
    key = $2 SUBSEP $3
    n = ++runs[key]
    cpu[key, n] = ($5 + $6) / $8 * count[$2]
    wall[key, n] = $3 == "floor" ? cpu[key, n] / cores : $4
}

END {
    print "| job | program | seconds: median (min–max) | runs | images/s | imgpipe is so many times as fast | CPU ms a picture" \
        " | peak memory MB | PSNR dB | MB written | pictures |"
    print "|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|"
    for (i = 1; i <= jobs; i++) {
        job = order[i]
        base = runs[job, "imgpipe"] ? median(wall, job SUBSEP "imgpipe", runs[job, "imgpipe"]) : 0
        peers = split(entrants[job], names, " ")
        for (j = 1; j <= peers; j++) {
            peer = names[j]
            key = job SUBSEP peer
            if (!runs[key]) {
                printf "| %s | %s | no run counts | | | | | | | | |\n",
                    j == 1 ? "`" job "`: " count[job] " " toupper(kind[job]) " → " box[job] : "", peer
                continue
            }
            each = median(cpu, key, runs[key]) / count[job] * 1000
            seconds = median(wall, key, runs[key])
            floor = peer == "floor"
            printf "| %s | %s | %.2f (%.2f–%.2f) | %d | %.1f | %s | %.1f | %s | %s | %s | %s |\n",
                j == 1 ? "`" job "`: " count[job] " " toupper(kind[job]) " → " box[job] : "",
                floor ? "floor (CPU / cores)" : peer, seconds, lowest, highest, runs[key], count[job] / seconds,
                base ? sprintf("%.2f", seconds / base) : "", each,
                floor || peak[key] == "-" ? "n/a" : peak[key],
                floor ? "" : key in psnr ? psnr[key] : "n/a",
                floor ? "" : sprintf("%.1f", bytes[key] / 1e6),
                floor ? "" : made[key] == count[job] ? made[key] : "**" made[key] " of " count[job] "**"
        }
    }
}
