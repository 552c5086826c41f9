# Turns the runs that bench-io has noted into its table, both with tabs.
#
#   in   GROUP SOURCE LATENCY TRANSFERS PICTURES MEGABYTES WALL USER SYSTEM SERVERS IDLE     a line for each run, seconds
#   out  one line for each source, latency and number of transfers, the medians of its runs, under a line of names
#
# A run's share of the local throughput is that of its group's local run. Where servers run on other machines than imgpipe, the
# CPU time that they take is free for imgpipe: at most so much shorter is the run, and never shorter than imgpipe's own CPU time.
BEGIN {
    FS = OFS = "\t"
    print "source", "latency_ms", "transfers", "runs", "pictures", "seconds", "seconds_min", "seconds_max", "pictures_per_s", "of_local",
        "cores_busy", "imgpipe_cpu_s", "servers_cpu_s", "others_cpu_s", "idle_share", "of_local_servers_elsewhere"
}

{
    # Those with other pictures are not comparable.
    if (NR > 1 && ($5 != pictures || $6 != megabytes)) {
        print "the runs are not all over the same pictures" >"/dev/stderr"
        exit failed = 1
    }
    pictures = $5
    megabytes = $6
    key = $2 == "folder" ? "folder" OFS "-" OFS "-" : $2 OFS $3 OFS $4
    if ($2 == "folder") base[$1] = $7
    if (!(key in runs)) order[++keys] = key
    n = ++runs[key]
    elsewhere = $7 - $10 / cores
    if (elsewhere < ($8 + $9) / cores) elsewhere = ($8 + $9) / cores
    wall[key, n] = $7
    share[key, n] = base[$1] / $7
    busy[key, n] = ($8 + $9) / $7
    cpu[key, n] = $8 + $9
    servers[key, n] = $10
    idle[key, n] = $11 / cores / $7
    others[key, n] = cores * $7 - $8 - $9 - $10 - $11
    alone[key, n] = base[$1] / elsewhere
}

# The folder first, then by source, latency and transfers.
function before(a, b,    x, y) {
    split(a, x)
    split(b, y)
    if (x[1] != y[1]) return x[1] == "folder" || (y[1] != "folder" && x[1] < y[1])
    if (x[2] != y[2]) return x[2] + 0 < y[2] + 0
    return x[3] + 0 < y[3] + 0
}

END {
    if (failed) exit 1
    for (i = 2; i <= keys; i++) {
        key = order[i]
        for (j = i - 1; j >= 1 && before(key, order[j]); j--) order[j + 1] = order[j]
        order[j + 1] = key
    }
    for (i = 1; i <= keys; i++) {
        key = order[i]
        n = runs[key]
        seconds = median(wall, key, n)
        print key, n, pictures, sprintf("%.2f", seconds), sprintf("%.2f", lowest), sprintf("%.2f", highest),
            sprintf("%.1f", pictures / seconds), sprintf("%.3f", median(share, key, n)), sprintf("%.2f", median(busy, key, n)),
            sprintf("%.2f", median(cpu, key, n)), sprintf("%.2f", median(servers, key, n)), sprintf("%.2f", median(others, key, n)),
            sprintf("%.3f", median(idle, key, n)), sprintf("%.3f", median(alone, key, n))
    }
}
