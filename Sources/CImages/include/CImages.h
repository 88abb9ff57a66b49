// PNG and JPEG as pixels, by libpng and libjpeg-turbo. Both end an error by a jump: here it stays within C, and becomes
// a value.
#ifndef TRAINSPOTTER_CIMAGES_H
#define TRAINSPOTTER_CIMAGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Bytes of a message, with the zero at its end.
enum { image_message_bytes = 256 };

/// Unpacks a PNG file of `rows` × `columns` pixels.
///
/// `channels` is 1 for grey levels, 2 with opacity behind each, 3 for red, green and blue, 4 with opacity; 16 bits become 8.
/// `pixels` has room for rows × columns × channels bytes. False: `message` says why, and `pixels` holds nothing of use.
bool image_unpack_png(const uint8_t *bytes, size_t count, int rows, int columns, int channels, uint8_t *pixels,
                      char *message);

/// Unpacks a JPEG file of `rows` × `columns` pixels as they lie in the file.
///
/// `channels` is 1 for grey levels, 3 for red, green and blue, 4 for cyan, magenta, yellow and black as the file has them.
/// `pixels` and the result are as above; a file with any damage is refused.
bool image_unpack_jpeg(const uint8_t *bytes, size_t count, int rows, int columns, int channels, uint8_t *pixels,
                       char *message);

#endif
