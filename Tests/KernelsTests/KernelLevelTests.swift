import CKernels
import Foundation
import Kernels
import Testing

@Suite struct KernelLevelTests {
    private func chosen(_ value: String?, of available: [KernelLevel]) throws(KernelLevel.Refusal) -> KernelLevel? {
        try KernelLevel.chosen(value.map { [KernelLevel.variable: $0] } ?? [:], available: available)
    }

    @Test func `the variable names one of the levels that the processor has`() throws {
        for level in KernelLevel.allCases { #expect(try chosen(level.word, of: KernelLevel.allCases) == level) }
        #expect(try chosen(nil, of: [.base]) == nil && chosen("", of: [.base]) == nil)
    }

    @Test func `a level that there is not is refused, with those that there are`() {
        func refusal(_ value: String, of available: [KernelLevel]) -> String? {
            do throws(KernelLevel.Refusal) {
                _ = try chosen(value, of: available)
                return nil
            } catch {
                return error.description
            }
        }
        #expect(
            refusal("avx", of: [.base, .v3])
                == "TRAINSPOTTER_VECTORS: expected v4, v3 or base, found “avx”; this processor has v3 and base")
        #expect(
            refusal("v4", of: [.base, .v3])
                == "TRAINSPOTTER_VECTORS: this processor has no v4 vectors; it has v3 and base")
        #expect(
            refusal("V3", of: [.base])
                == "TRAINSPOTTER_VECTORS: expected v4, v3 or base, found “V3”; this processor has base")
    }

    @Test func `every processor has the base, and this one has all levels up to its highest`() {
        #expect(KernelLevel.available.first == .base && KernelLevel.available.last == .highest)
        #expect(KernelLevel.available.contains(.current))
        #expect(KernelLevel.allCases.map(\.name) == ["baseline", "x86-64-v3", "x86-64-v4"])
    }

    /// A table with a hole would end the program at the first call: all of its words are addresses, but for the products
    /// where there are none.
    @Test(arguments: KernelLevel.available) func `a table has every kernel`(level: KernelLevel) {
        let words = MemoryLayout<ck_kernels>.size / MemoryLayout<UInt>.size
        let holes = ck_kernels_of(Int32(level.rawValue)).withMemoryRebound(to: UInt.self, capacity: words) { table in
            (0..<words).count { table[$0] == 0 }
        }
        // The products and whether there are any.
        #expect(holes == (level == .v4 ? 0 : 7))
    }
}
