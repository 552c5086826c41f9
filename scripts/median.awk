# The median of values[key, 1…n]; lowest and highest are set as well.
function median(values, key, n,    sorted, i, j, value) {
    for (i = 1; i <= n; i++) {
        value = values[key, i]
        for (j = i - 1; j >= 1 && sorted[j] > value; j--) sorted[j + 1] = sorted[j]
        sorted[j + 1] = value
    }
    lowest = sorted[1]
    highest = sorted[n]
    return n % 2 ? sorted[(n + 1) / 2] : (sorted[n / 2] + sorted[n / 2 + 1]) / 2
}
