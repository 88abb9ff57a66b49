import Datasets
import Synchronization
import TestSupport
import Testing

@Suite struct ThreadHookTests {
    @Test("Each of the four files is read on a thread that was handed over to be prepared")
    func fourFiles() throws {
        let folder = try TemporaryFolder()
        try writeSmallDataset(to: folder)
        let calls = Calls()
        let dataset = try DatasetSource.resolve(folder.path).load { _ = calls.count.add(1, ordering: .relaxed) }
        #expect(dataset.train.count == 4)
        #expect(calls.count.load(ordering: .relaxed) == 4)
    }

    private final class Calls: Sendable {
        let count = Atomic(0)
    }
}
