package imgpipe.operation;

/** Turns the picture upright, as its orientation says. */
public record Orient() implements Move {
    @Override
    public View seen(View view) {
        return view.oriented();
    }

    @Override
    public String toString() {
        return "orient";
    }
}
