import Kernels
import Testing

@Suite struct BLASLibraryTests {
    private func core(_ core: String, chosen: KernelLevel? = nil, highest: KernelLevel) -> String? {
        BLASLibrary.environmentChanges([:], core: core, chosen: chosen, highest: highest)["OPENBLAS_CORETYPE"]
    }

    @Test func `A processor that the library does not know gets the kernels for its vectors`() {
        #expect(core("Prescott", highest: .v4) == "SkylakeX" && core("Prescott", highest: .v3) == "Haswell")
        #expect(core("Prescott", highest: .base) == nil)
        #expect(core("Zen", highest: .v4) == nil && core("Haswell", highest: .v3) == nil)
    }

    @Test func `A level that is chosen is the library's too, whatever it found`() {
        for found in ["Prescott", "Zen", "Cooperlake"] {
            #expect(core(found, chosen: .v3, highest: .v4) == "Haswell")
        }
        #expect(core("Haswell", chosen: .v3, highest: .v3) == nil)
        #expect(core("SkylakeX", chosen: .base, highest: .v4) == "Prescott")
        #expect(core("Prescott", chosen: .base, highest: .v4) == nil)
        #expect(core("Cooperlake", chosen: .v4, highest: .v4) == nil)
        #expect(core("Zen", chosen: .v4, highest: .v4) == "SkylakeX")
    }

    @Test func `What is set once stays, and a person's own settings do`() {
        func changes(_ environment: [String: String], chosen: KernelLevel? = nil) -> [String: String] {
            BLASLibrary.environmentChanges(environment, core: "Prescott", chosen: chosen, highest: .v3)
        }
        let first = changes([:])
        #expect(first == ["OPENBLAS_NUM_THREADS": "1", "OPENBLAS_THREAD_TIMEOUT": "4", "OPENBLAS_CORETYPE": "Haswell"])
        #expect(changes(first).isEmpty)
        let own = ["OPENBLAS_NUM_THREADS": "3", "OPENBLAS_THREAD_TIMEOUT": "9", "OPENBLAS_CORETYPE": "Prescott"]
        #expect(changes(own).isEmpty && changes(own, chosen: .v3).isEmpty)
    }
}
