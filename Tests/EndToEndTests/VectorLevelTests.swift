import Foundation
import Kernels
import TestSupport
import Testing

/// What `TRAINSPOTTER_VECTORS` chooses, with the real program.
@Suite(.timeLimit(.minutes(40))) struct VectorLevelTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func run(_ line: String, vectors: String?) throws -> Program.Result {
        let variables = [KernelLevel.variable: vectors].compactMapValues { $0 }
        return try Program.shell(
            "unset OPENBLAS_CORETYPE; \(line)", environment: variables.merging(["D": folder.path]) { $1 })
    }

    @Test func `a run tells the level and the core type that it was trained with`() throws {
        for level in KernelLevel.available {
            let line =
                "\"$0\" train none epochs=1 batch=1024 --quiet --store \"$D/runs\" >\"$D/out\" "
                + "&& \"$0\" runs show last --spec --store \"$D/runs\""
            let result = try run(line, vectors: level.word)
            #expect(result.status == 0, "\(result.errors)")
            #expect(result.output.contains(" kernels=\(level.name) "))
            #if arch(x86_64)
                let core = [KernelLevel.v3: "Haswell", .base: "Prescott"][level]
                if let core { #expect(result.output.contains(" blas=\(core) ")) }
            #endif
        }
    }

    /// The library's core type is the same for all here: it may choose another for itself than what a level has.
    @Test func `the highest level is the one without the variable, to the bit`() throws {
        func weights(_ vectors: String?) throws -> Data {
            let line =
                "export OPENBLAS_CORETYPE=Prescott; \"$0\" train 16relu epochs=1 batch=256 --quiet --no-save --export \"$D/model\" >\"$D/out\" "
                + "&& cat \"$D/model/weights.npz\" >\"$D/weights\" && rm -r \"$D/model\""
            let result = try run(line, vectors: vectors)
            #expect(result.status == 0, "\(result.errors)")
            return try Data(contentsOf: URL(fileURLWithPath: folder.path("weights")))
        }
        let chosen = try weights(KernelLevel.highest.word)
        #expect(try weights("") == chosen)
        // Other levels differ in the last bits.
        #expect(try KernelLevel.available.count == 1 || weights("base") != chosen)
    }

    @Test(arguments: ["avx512", "V3", "v5", " "]) func `what names no level is refused at the start`(word: String)
        throws
    {
        let result = try run("\"$0\" presets", vectors: word)
        #expect(result.status == 2 && result.output.isEmpty)
        #expect(
            result.errors.hasPrefix("trainspotter: TRAINSPOTTER_VECTORS: expected v4, v3 or base, found “\(word)”; "))
    }

    @Test func `a level that the processor lacks is refused at the start`() throws {
        for level in KernelLevel.allCases where !KernelLevel.available.contains(level) {
            let result = try run("\"$0\" presets", vectors: level.word)
            #expect(result.status == 2 && result.output.isEmpty)
            #expect(result.errors.contains("this processor has no \(level.word) vectors; it has "))
        }
    }
}
