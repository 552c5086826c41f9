package imgpipe.shard;

/**
 * One output of a task.
 *
 * @param target where the picture will be published: the percent-encoded path of {@link
 *     java.nio.file.Path#toUri()}, which survives every locale. A worker never writes there
 * @param recipe what to do, as text, ending in the format; see the recipe syntax in the README
 */
public record Rendition(String target, String recipe) {}
