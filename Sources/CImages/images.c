// libpng's simplified interface catches its own jumps, as TurboJPEG does. See the header for what is promised.
#include "CImages.h"

#include <png.h>
#include <stdio.h>
#include <string.h>
#include <turbojpeg.h>

static bool fail(char *message, const char *reason) {
    snprintf(message, image_message_bytes, "%s", reason);
    return false;
}

bool image_unpack_png(const uint8_t *bytes, size_t count, int rows, int columns, int channels, uint8_t *pixels,
                      char *message) {
    static const png_uint_32 formats[] = {PNG_FORMAT_GRAY, PNG_FORMAT_GA, PNG_FORMAT_RGB, PNG_FORMAT_RGBA};
    png_image image;
    memset(&image, 0, sizeof image);
    image.version = PNG_IMAGE_VERSION;
    if (!png_image_begin_read_from_memory(&image, bytes, count)) return fail(message, image.message);
    if (image.width != (png_uint_32)columns || image.height != (png_uint_32)rows || channels < 1 || channels > 4) {
        png_image_free(&image);
        return fail(message, "another size than its header has");
    }
    image.format = formats[channels - 1];
    // Without it 16 bits would count as light, and not as levels.
    image.flags |= PNG_IMAGE_FLAG_16BIT_sRGB;
    png_image_finish_read(&image, NULL, pixels, columns * channels, NULL);
    // A warning is damage that libpng would read over.
    bool is_whole = !PNG_IMAGE_FAILED(image) && image.warning_or_error == 0;
    if (!is_whole) fail(message, image.message);
    png_image_free(&image);
    return is_whole;
}

bool image_unpack_jpeg(const uint8_t *bytes, size_t count, int rows, int columns, int channels, uint8_t *pixels,
                       char *message) {
    static const int formats[] = {TJPF_GRAY, -1, TJPF_RGB, TJPF_CMYK};
    if (channels < 1 || channels > 4 || formats[channels - 1] < 0) return fail(message, "no such channels");
    tjhandle handle = tjInitDecompress();
    if (handle == NULL) return fail(message, tjGetErrorStr2(NULL));
    int width = 0, height = 0, subsampling = 0, colors = 0;
    // It also fails for rare ways of subsampling, which can be unpacked: what counts is whether it has found the size.
    tjDecompressHeader3(handle, bytes, count, &width, &height, &subsampling, &colors);
    bool is_whole = width == columns && height == rows;
    if (!is_whole) {
        fail(message, width == 0 ? tjGetErrorStr2(handle) : "another size than its header has");
    } else if (tjDecompress2(handle, bytes, count, pixels, width, width * channels, height, formats[channels - 1],
                             TJFLAG_ACCURATEDCT | TJFLAG_LIMITSCANS | TJFLAG_STOPONWARNING) != 0) {
        is_whole = fail(message, tjGetErrorStr2(handle));
    }
    tjDestroy(handle);
    return is_whole;
}
