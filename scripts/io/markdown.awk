# The table of bench-io, from tabs into Markdown.
NR == 1 {
    print "| source | latency ms | transfers | runs | seconds: median (min–max) | pictures/s | of local | imgpipe's cores busy | imgpipe CPU s" \
        " | servers CPU s | all busy | of local, with the servers elsewhere |"
    print "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|"
    next
}
{
    printf "| %s | %s | %s | %d | %s (%s–%s) | %s | %.0f %% | %s | %s | %s | %s | %.0f %% |\n",
        $1, $2, $3, $4, $6, $7, $8, $9, 100 * $10, $11, $12, $13, $14, 100 * $15
}
