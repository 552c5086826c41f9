package imgpipe.engine;

import imgpipe.codec.Codec;
import imgpipe.image.Chroma;
import imgpipe.image.ColorModel;
import imgpipe.image.EncodeSettings;
import imgpipe.image.ImageFormat;
import imgpipe.image.Picture;
import imgpipe.image.Rgb;
import imgpipe.image.Workspace;
import imgpipe.image.YccConversion;
import imgpipe.operation.Flatten;
import imgpipe.operation.Mark;
import imgpipe.operation.OperationContext;
import imgpipe.operation.Subsample;
import imgpipe.paint.ColorConversion;
import imgpipe.resample.Resampler;

/** What the operations of one rendition may use, and how its encoder wants the picture. */
record RenditionContext(
        Workspace workspace,
        Resampler resampler,
        ColorConversion colors,
        ImageFormat format,
        EncodeSettings settings,
        boolean endsInSrgb,
        Marks marks)
        implements OperationContext {
    @Override
    public Chroma chroma() {
        return format.color(settings) == ColorModel.YCC ? settings.chroma() : Chroma.S444;
    }

    @Override
    public Picture toSrgb(Picture picture) {
        return colors.toSrgb(picture, workspace);
    }

    @Override
    public Picture mark(Mark.File file) {
        return marks.get(file);
    }

    @Override
    public Picture mark(Mark.Text text, int letters) {
        return marks.get(text, letters);
    }

    /** The picture as the encoder takes it. */
    Picture conform(Picture picture, Codec writer) {
        Picture made = picture.withoutForeignProfile();
        if (made.color() == ColorModel.CMYK
                || (made.profile() != null && !writer.embedsProfile(format, made.color()))) {
            made = toSrgb(made);
        }
        if (made.alpha() && !format.alpha()) {
            made = new Flatten(Rgb.WHITE).apply(made, this);
        }
        return switch (made.color()) {
            case GREY -> Subsample.to(Chroma.S444, made, this);
            case YCC ->
                    format.color(settings) == ColorModel.YCC
                            ? Subsample.to(chroma(), made, this)
                            : YccConversion.toRgb(made, workspace);
            case RGB, CMYK -> {
                Picture whole = Subsample.to(Chroma.S444, made, this);
                yield format.color(settings) == ColorModel.RGB
                        ? whole
                        : Subsample.to(chroma(), YccConversion.fromRgb(whole, workspace), this);
            }
        };
    }
}
