import Foundation

/// A file that grows by whole lines while a run trains: however the program ends, the file has a complete beginning and
/// only complete lines.
package final class GrowingFile {
    private let descriptor: Int32
    /// Number of complete bytes; nil for a pipe or a device, where nothing can be taken back.
    private var size: Int?
    private let isOwn: Bool

    /// Replaces the file's content by a beginning, or writes that into a pipe or a device.
    package init(_ target: FileTarget, beginning: String) throws(WriteFailure) {
        isOwn = true
        let bytes = Array(beginning.utf8)
        if let staged = try target.stage(bytes) {
            do throws(WriteFailure) {
                try staged.settle()
                try staged.keepName()
            } catch {
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

    /// Writes into an open descriptor, such as standard output.
    package init(descriptor: Int32, beginning: String) throws(WriteFailure) {
        (self.descriptor, size, isOwn) = (descriptor, nil, false)
        try append(beginning)
    }

    deinit { if isOwn { close(descriptor) } }

    /// Has the disk keep all lines: nothing more is appended.
    package func finish() throws(WriteFailure) {
        if size != nil { try FileTarget.keep(descriptor) }
    }

    /// Appends lines. Where only a part of them can be written, that part is removed again.
    package func append(_ lines: String) throws(WriteFailure) {
        let bytes = Array(lines.utf8)
        do throws(WriteFailure) { try writeAll(bytes, to: descriptor) } catch {
            if let size, ftruncate(descriptor, off_t(size)) == 0 { lseek(descriptor, off_t(size), SEEK_SET) }
            throw error
        }
        size = size.map { $0 + bytes.count }
    }
}
