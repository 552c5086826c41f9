# The table of bench-io, from tabs into Markdown.
NR == 1 {
    print "| source | latency ms | transfers | runs | seconds: median (min–max) | pictures/s | of local | cores busy with imgpipe | imgpipe CPU s" \
        " | servers CPU s | others CPU s | idle | of local, servers elsewhere |"
    print "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|"
    next
}
{
    printf "| %s | %s | %s | %d | %s (%s–%s) | %s | %.0f %% | %s | %s | %s | %s | %.0f %% | %.0f %% |\n",
        $1, $2, $3, $4, $6, $7, $8, $9, 100 * $10, $11, $12, $13, $14, 100 * $15, 100 * $16
}
