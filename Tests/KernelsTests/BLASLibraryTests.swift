import Kernels
import Testing

@Suite struct BLASLibraryTests {
    @Test func `A processor that the library does not know gets the kernels for its vectors`() {
        let changes = { BLASLibrary.environmentChanges([:], core: $0, level: $1)["OPENBLAS_CORETYPE"] }
        #expect(changes("Prescott", 4) == "SkylakeX" && changes("Prescott", 3) == "Haswell")
        #expect(changes("Prescott", 0) == nil && changes("Zen", 4) == nil && changes("Haswell", 3) == nil)
    }

    @Test func `What is set once stays, and a person's own settings do`() {
        let first = BLASLibrary.environmentChanges([:], core: "Prescott", level: 3)
        #expect(first == ["OPENBLAS_THREAD_TIMEOUT": "4", "OPENBLAS_CORETYPE": "Haswell"])
        #expect(BLASLibrary.environmentChanges(first, core: "Prescott", level: 3).isEmpty)
        let own = ["OPENBLAS_THREAD_TIMEOUT": "9", "OPENBLAS_CORETYPE": "Prescott"]
        #expect(BLASLibrary.environmentChanges(own, core: "Prescott", level: 4).isEmpty)
    }
}
