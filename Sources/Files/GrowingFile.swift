import Foundation

/// A file that grows by whole lines while a run goes on: however the program ends, there are a whole beginning and whole
/// lines in it.
package final class GrowingFile {
    private let descriptor: Int32
    /// Bytes that are whole; nil for a pipe or a device, which can't take back anything.
    private var size: Int?
    private let isOwn: Bool

    /// Puts a beginning in the place of what was in the file, or writes it into a pipe or a device.
    package init(_ target: FileTarget, beginning: String) throws(WriteFailure) {
        isOwn = true
        let bytes = Array(beginning.utf8)
        if let staged = try target.stage(bytes) {
            do throws(WriteFailure) { try staged.settle() } catch {
                staged.close()
                throw error
            }
            (descriptor, size) = (staged.descriptor, bytes.count)
        } else {
            descriptor = try target.openInto()
            var status = stat()
            size = fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG ? 0 : nil
            try append(beginning)
        }
    }

    /// Writes into what is open already, such as standard output.
    package init(descriptor: Int32, beginning: String) throws(WriteFailure) {
        (self.descriptor, size, isOwn) = (descriptor, nil, false)
        try append(beginning)
    }

    deinit { if isOwn { close(descriptor) } }

    /// Adds lines. Where only a part of them can be written, that is taken back.
    package func append(_ lines: String) throws(WriteFailure) {
        let bytes = Array(lines.utf8)
        do throws(WriteFailure) { try writeAll(bytes, to: descriptor) } catch {
            if let size, ftruncate(descriptor, off_t(size)) == 0 { lseek(descriptor, off_t(size), SEEK_SET) }
            throw error
        }
        size = size.map { $0 + bytes.count }
    }
}
