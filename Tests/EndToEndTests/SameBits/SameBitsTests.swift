import Foundation
import Kernels
import NumPyFiles
import TestSupport
import Testing

/// One spec in every way that the real program trains it: the same weights where that is promised, and weights that are
/// close where it is not. docs/reliability.md has the table of both.
@Suite(.timeLimit(.minutes(40))) struct SameBitsTests {
    /// The weights of a run, in the network's order.
    private struct Weights {
        let entries: [NPZFile.Entry]

        init(_ path: String) throws { entries = try NPZFile.read(path: path) }

        private var values: [Float] { entries.flatMap(\.array.values) }

        /// Compares bits: 0 and −0 differ.
        func isSame(as other: Weights) -> Bool {
            entries.map(\.name) == other.entries.map(\.name)
                && values.map(\.bitPattern) == other.values.map(\.bitPattern)
        }

        /// The greatest difference of two weights, in parts of the greatest weight.
        func difference(from other: Weights) -> Float {
            let greatest = values.map(\.magnitude).max() ?? 0
            return (zip(values, other.values).map { ($0 - $1).magnitude }.max() ?? .infinity) / greatest
        }
    }

    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try SmallShapes.write(to: folder)
    }

    private var data: [String] { ["--data", folder.path("shapes")] }

    private func command(_ arguments: [String], level: KernelLevel? = nil, core: String? = nil) throws {
        let words = arguments.map { "'\($0)'" }.joined(separator: " ")
        let environment = [KernelLevel.variable: level?.word, "OPENBLAS_CORETYPE": core].compactMapValues(\.self)
        let clean = core == nil ? "unset OPENBLAS_CORETYPE; " : ""
        let result = try Program.shell("\(clean)\"$0\" \(words)", environment: environment)
        try #require(result.status == 0, "\(words): \(result.errors)")
    }

    /// Trains without saving.
    private func trained(
        _ line: String, threads: Int, level: KernelLevel? = nil, core: String? = nil
    ) throws -> Weights {
        let name = UUID().uuidString
        try command(
            ["train", line, "--no-save", "--quiet", "--threads", "\(threads)", "--export", folder.path(name)] + data,
            level: level, core: core)
        return try Weights(folder.path("\(name)/weights.npz"))
    }

    private func saved(_ run: String, _ store: [String]) throws -> Weights {
        let path = folder.path("\(UUID().uuidString).npz")
        try command(["export", run, "--format", "npz", "--out", path] + store)
        return try Weights(path)
    }

    @Test(arguments: TrustedSpecs.lines)
    func `without the dashboard, on several threads, stopped and resumed, and repeated by its line: the same bits`(
        line: String
    ) throws {
        let alone = try trained(line, threads: 1)
        for threads in [2, 3, 8] {
            #expect(try trained(line, threads: threads).isSame(as: alone), "\(threads) threads")
        }
        let store = ["--store", folder.path("runs.sqlite")]
        try command(["train", "\(line) @1+2 stop", "--quiet", "--threads", "3"] + data + store)
        try command(["train", "--resume", "1", "--quiet", "--threads", "2"] + store)
        #expect(try saved("1", store).isSame(as: alone), "resumed")
        try command(["runs", "repeat", "1", "--threads", "5"] + store)
        #expect(try saved("2", store).isSame(as: alone), "repeated")
    }

    @Test(
        .enabled(if: TmuxTerminal.path != nil, "tmux is not installed; `make test` installs it"),
        arguments: TrustedSpecs.lines)
    func `in the dashboard: the same bits`(line: String) throws {
        let store = ["--store", folder.path("runs.sqlite")]
        let terminal = try TmuxTerminal([line, "--threads", "2"] + store + data, width: 130, height: 44)
        defer { terminal.close() }
        try terminal.wait(for: "images of shapes ready")
        try terminal.press("Space")
        // A loss that grew is called that at the end, too.
        try terminal.wait(for: "the end") { $0.contains("● finished") || $0.contains("● diverged") }
        try terminal.wait(for: "the test") { $0.contains("test accuracy") }
        try terminal.press("q")
        #expect(try terminal.waitForExit() == 0)
        #expect(try saved("1", store).isSame(as: trained(line, threads: 1)))
    }

    /// Rounding of a distorted image to bytes can tip over, which changes a pixel by 1/255.
    @Test(arguments: TrustedSpecs.lines)
    func `each vector level has bits of its own on any number of threads, and the levels are close`(line: String) throws
    {
        let bound: Float = line.contains("augment=") ? 3e-3 : 3e-5
        var first: Weights?
        for level in KernelLevel.available {
            let alone = try trained(line, threads: 1, level: level)
            #expect(try trained(line, threads: 3, level: level).isSame(as: alone), "3 threads at \(level)")
            let difference = first.map(alone.difference) ?? 0
            #expect(difference <= bound, "\(difference) at \(level)")
            if ProcessInfo.processInfo.environment["TRAINSPOTTER_TELL"] != nil {
                print("difference of \(level.word): \(difference) \(line)")
            }
            first = first ?? alone
        }
    }

    /// At the level with AVX-512 OpenBLAS computes nothing of a step of Adam's. Elsewhere it does, and its core type
    /// decides about the last bits; the number of its own threads never does.
    @Test func `where OpenBLAS takes part its core type counts, and its threads do not`() throws {
        guard KernelLevel.available.contains(.v4) else { return }
        for (line, isOurs) in [
            ("48relu-24relu adam batch=40", true), ("48relu-24relu adamw augment=affine", true),
            ("48relu-24relu sgd", false), ("48relu-24relu adam init=orthogonal", false),
        ] {
            let line = "\(line) epochs=2 seed=3"
            let haswell = try trained(line, threads: 2, level: .v4, core: "Haswell")
            #expect(
                try trained(line, threads: 2, level: .v4, core: "SkylakeX").isSame(as: haswell) == isOurs, "\(line)")
        }
        let result = try Program.shell(
            """
            for n in 1 4; do OPENBLAS_NUM_THREADS=$n TRAINSPOTTER_VECTORS=base "$0" train "48relu-24relu muon epochs=2" \
            --no-save --quiet --data "$D/shapes" --export "$D/threads-$n" || exit 1; done >/dev/null
            """, environment: ["D": folder.path("")])
        #expect(result.status == 0, "\(result.errors)")
        let (one, four) = (folder.path("threads-1/weights.npz"), folder.path("threads-4/weights.npz"))
        #expect(try Weights(one).isSame(as: Weights(four)))
    }
}
