package imgpipe.codec.ffm;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;

/**
 * The functions of libheif that imgpipe calls, by their names in C, as {@code heif.h} of 1.15
 * declares them; newer versions have the same.
 */
enum HeifFunction {
    heif_get_version(result(ADDRESS)),
    heif_init(error(ADDRESS)),
    heif_load_plugins(error(ADDRESS, ADDRESS, ADDRESS, JAVA_INT)),
    heif_have_decoder_for_format(result(JAVA_INT, JAVA_INT)),
    heif_have_encoder_for_format(result(JAVA_INT, JAVA_INT)),

    heif_context_alloc(result(ADDRESS)),
    heif_context_free(nothing(ADDRESS)),
    heif_context_set_max_decoding_threads(nothing(ADDRESS, JAVA_INT)),
    heif_context_set_maximum_image_size_limit(nothing(ADDRESS, JAVA_INT)),
    heif_context_read_from_memory_without_copy(error(ADDRESS, ADDRESS, JAVA_LONG, ADDRESS)),
    heif_context_get_primary_image_handle(error(ADDRESS, ADDRESS)),

    heif_image_handle_release(nothing(ADDRESS)),
    heif_image_handle_get_width(result(JAVA_INT, ADDRESS)),
    heif_image_handle_get_height(result(JAVA_INT, ADDRESS)),
    heif_image_handle_get_ispe_width(result(JAVA_INT, ADDRESS)),
    heif_image_handle_get_ispe_height(result(JAVA_INT, ADDRESS)),
    heif_image_handle_has_alpha_channel(result(JAVA_INT, ADDRESS)),
    heif_image_handle_is_premultiplied_alpha(result(JAVA_INT, ADDRESS)),
    heif_image_handle_get_luma_bits_per_pixel(result(JAVA_INT, ADDRESS)),
    /** Since 1.17. */
    heif_image_handle_get_preferred_decoding_colorspace(error(ADDRESS, ADDRESS, ADDRESS)),
    heif_image_handle_get_raw_color_profile_size(result(JAVA_LONG, ADDRESS)),
    heif_image_handle_get_raw_color_profile(error(ADDRESS, ADDRESS)),
    heif_image_handle_get_nclx_color_profile(error(ADDRESS, ADDRESS)),
    heif_image_handle_get_number_of_metadata_blocks(result(JAVA_INT, ADDRESS, ADDRESS)),
    heif_image_handle_get_list_of_metadata_block_IDs(
            result(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_INT)),
    heif_image_handle_get_metadata_type(result(ADDRESS, ADDRESS, JAVA_INT)),
    heif_image_handle_get_metadata_content_type(result(ADDRESS, ADDRESS, JAVA_INT)),
    heif_image_handle_get_metadata_size(result(JAVA_LONG, ADDRESS, JAVA_INT)),
    heif_image_handle_get_metadata(error(ADDRESS, JAVA_INT, ADDRESS)),

    heif_decoding_options_alloc(result(ADDRESS)),
    heif_decoding_options_free(nothing(ADDRESS)),
    heif_decode_image(error(ADDRESS, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS)),

    heif_image_create(error(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS)),
    heif_image_release(nothing(ADDRESS)),
    heif_image_add_plane(error(ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT)),
    heif_image_get_colorspace(result(JAVA_INT, ADDRESS)),
    heif_image_get_width(result(JAVA_INT, ADDRESS, JAVA_INT)),
    heif_image_get_height(result(JAVA_INT, ADDRESS, JAVA_INT)),
    heif_image_get_bits_per_pixel_range(result(JAVA_INT, ADDRESS, JAVA_INT)),
    heif_image_has_channel(result(JAVA_INT, ADDRESS, JAVA_INT)),
    heif_image_get_plane(result(ADDRESS, ADDRESS, JAVA_INT, ADDRESS)),
    heif_image_get_nclx_color_profile(error(ADDRESS, ADDRESS)),
    heif_image_set_nclx_color_profile(error(ADDRESS, ADDRESS)),
    heif_image_set_raw_color_profile(error(ADDRESS, ADDRESS, ADDRESS, JAVA_LONG)),
    heif_image_get_decoding_warnings(result(JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT)),

    heif_nclx_color_profile_alloc(result(ADDRESS)),
    heif_nclx_color_profile_free(nothing(ADDRESS)),

    heif_context_get_encoder_for_format(error(ADDRESS, JAVA_INT, ADDRESS)),
    heif_encoder_release(nothing(ADDRESS)),
    heif_encoder_set_lossy_quality(error(ADDRESS, JAVA_INT)),
    heif_encoder_set_lossless(error(ADDRESS, JAVA_INT)),
    heif_encoder_set_parameter_integer(error(ADDRESS, ADDRESS, JAVA_INT)),
    heif_encoder_set_parameter_string(error(ADDRESS, ADDRESS, ADDRESS)),
    heif_encoding_options_alloc(result(ADDRESS)),
    heif_encoding_options_free(nothing(ADDRESS)),
    heif_context_encode_image(error(ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS)),
    heif_context_add_exif_metadata(error(ADDRESS, ADDRESS, ADDRESS, JAVA_INT)),
    heif_context_add_XMP_metadata(error(ADDRESS, ADDRESS, ADDRESS, JAVA_INT)),
    heif_context_write(error(ADDRESS, ADDRESS, ADDRESS));

    @SuppressWarnings("ImmutableEnumChecker") // descriptors are immutable
    private final FunctionDescriptor descriptor;

    HeifFunction(FunctionDescriptor descriptor) {
        this.descriptor = descriptor;
    }

    FunctionDescriptor descriptor() {
        return descriptor;
    }

    private static FunctionDescriptor result(MemoryLayout result, MemoryLayout... parameters) {
        return FunctionDescriptor.of(result, parameters);
    }

    private static FunctionDescriptor nothing(MemoryLayout... parameters) {
        return FunctionDescriptor.ofVoid(parameters);
    }

    private static FunctionDescriptor error(MemoryLayout... parameters) {
        return FunctionDescriptor.of(HeifFault.LAYOUT, parameters);
    }
}
