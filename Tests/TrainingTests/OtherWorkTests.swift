import Foundation
import Specs
import Synchronization
import Testing
import Training

@Suite("Room for other threads' work")
struct OtherWorkTests {
    /// A clock that stands still, until it is moved.
    private final class Clock: Sendable {
        let nanoseconds = Atomic<UInt64>(1)
        var otherWork: OtherWork { OtherWork { self.nanoseconds.load(ordering: .relaxed) } }
    }

    /// How many of the next steps, all of them short, are made by one thread to give way.
    private func givingWay(_ trainer: Trainer, steps: Int) -> Int {
        (0..<steps).count { _ in
            if trainer.epochIsComplete { _ = trainer.finishEpoch() }
            _ = trainer.step()
            return trainer.givesWay
        }
    }

    @Test("Steps are made by one thread while other work is under way")
    func gives() throws {
        let otherWork = Clock().otherWork
        let spec = try SmallData.spec("8tanh batch=10")
        let trainer = try Trainer(spec: spec, dataset: SmallData.dataset, threads: 2, otherWork: otherWork)
        #expect(givingWay(trainer, steps: 20) == 0)
        otherWork.begin()
        #expect(givingWay(trainer, steps: 200) > 0)
        otherWork.end()
        #expect(givingWay(trainer, steps: 20) == 0)
    }

    @Test("Work that lasts longer than a frame waits for something, and gets no more room")
    func limit() {
        let clock = Clock()
        let otherWork = clock.otherWork
        #expect(!otherWork.isUnderWay)
        otherWork.makeRoom()
        clock.nanoseconds.add(19_000_000, ordering: .relaxed)
        #expect(otherWork.isUnderWay)
        clock.nanoseconds.add(2_000_000, ordering: .relaxed)
        #expect(!otherWork.isUnderWay)
        otherWork.begin()
        #expect(otherWork.isUnderWay)
        otherWork.end()
        #expect(!otherWork.isUnderWay)
    }

    @Test("Where processors are left, nothing gives way")
    func manyProcessors() {
        let otherWork = OtherWork()
        let processors = ProcessInfo.processInfo.activeProcessorCount
        #expect(otherWork.beside(workers: processors - 1) == nil)
        #expect(otherWork.beside(workers: processors) === otherWork)
    }

    @Test("Giving way changes no bit")
    func sameBits() throws {
        let spec = try SmallData.spec("33tanh+drop0.2-17relu batch=16")
        let otherWork = Clock().otherWork
        let alone = try Trainer(spec: spec, dataset: SmallData.dataset, threads: 2)
        let disturbed = try Trainer(spec: spec, dataset: SmallData.dataset, threads: 2, otherWork: otherWork)
        var count = 0
        for step in 0..<300 {
            if step % 3 == 0 { otherWork.begin() } else { otherWork.end() }
            count += givingWay(disturbed, steps: 1)
            #expect(givingWay(alone, steps: 1) == 0)
        }
        #expect(count > 0)
        #expect(alone.network.tensors() == disturbed.network.tensors())
    }
}
