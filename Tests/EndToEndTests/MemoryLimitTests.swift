import Foundation
import TestSupport
import Testing

/// The program under a limit of its addresses: what does not fit is refused before it is taken.
@Suite(.disabled(if: Sanitizer.isOn, Comment(rawValue: Sanitizer.takesAddresses))) struct MemoryLimitTests {
    /// The program's end under `ulimit -v` of so many MiB; after ten minutes it is stopped, with status 124.
    private func run(_ mebibytes: Int, _ arguments: String) throws -> Program.Result {
        try Program.shell("ulimit -v \(mebibytes << 10); exec timeout 600 \"$0\" \(arguments)")
    }

    @Test("A network that does not fit is refused with the figures, and a smaller one trains", .timeLimit(.minutes(40)))
    func networks() throws {
        let big = try run(1500, "train 4096relu-4096relu-4096relu-4096relu-4096relu-4096relu --no-save --quiet")
        #expect(big.status == 2, "\(big)")
        #expect(big.errors.contains(#/training takes about \d+ MiB for \d+ parameters; expected at most \d+ MiB, /#))
        #expect(
            big.errors.hasSuffix(
                "what the limit of the address space (ulimit -v) leaves: fewer units or layers, or a smaller batch\n"))
        let small = try run(1500, "train 8relu epochs=1 batch=512 --no-save --quiet")
        #expect(small.status == 0, "\(small)")
    }

    @Test("Whatever the limit, the program trains or says what it lacks", .timeLimit(.minutes(40)))
    func anyLimit() throws {
        for mebibytes in stride(from: 400, through: 1200, by: 200) {
            let result = try run(mebibytes, "train 512relu epochs=1 batch=512 --no-save --quiet")
            #expect(
                result.status == 0 || (result.status == 2 && result.errors.contains("expected")),
                "\(mebibytes): \(result)")
        }
    }

    @Test("Files that promise more than fits are refused before they are unpacked", .timeLimit(.minutes(40)))
    func data() throws {
        let folder = try TemporaryFolder()
        // 1,500,000 images of 28 × 28, all black, packed into 1 MB.
        let count = 1_500_000
        func header(_ sizes: [Int]) -> [UInt8] {
            [0, 0, 8, UInt8(sizes.count)]
                + sizes.flatMap { size in (0..<4).map { UInt8(size >> (24 - 8 * $0) & 0xFF) } }
        }
        let images = gzip(header([count, 28, 28]) + [UInt8](repeating: 0, count: count * 784))
        let labels = gzip(header([count]) + (0..<count).map { UInt8($0 % 10) })
        for part in ["train", "t10k"] {
            try folder.write(images, as: "\(part)-images-idx3-ubyte.gz")
            try folder.write(labels, as: "\(part)-labels-idx1-ubyte.gz")
        }
        #expect(images.count < 1_300_000)
        let result = try run(2000, "train 8relu epochs=1 --no-save --quiet --data \(folder.path)")
        #expect(result.status == 2, "\(result)")
        #expect(
            result.errors.contains(/takes \d+ MiB of memory; expected at most \d+ MiB, what the limit/),
            "\(result.errors)")
    }
}
