import Dashboard
import Dispatch
import Synchronization
import TestSupport

/// What a library posts, one after the other.
final class Replies: Sendable {
    let news = Mutex<[StoreReply]>([])
    let arrived = DispatchSemaphore(value: 0)

    func post(_ action: Action) {
        if case .runs(let news) = action { self.news.withLock { $0.append(news) } }
        arrived.signal()
    }

    /// The next of the news that are wanted.
    func next<Value>(_ wanted: (StoreReply) -> Value?) -> Value? {
        for _ in 0..<200 {
            let found = news.withLock { news -> Value? in
                guard let index = news.firstIndex(where: { wanted($0) != nil }) else { return nil }
                defer { news.removeFirst(index + 1) }
                return wanted(news[index])
            }
            if let found { return found }
            if arrived.wait(timeout: Patience.end) == .timedOut { return nil }
        }
        return nil
    }
}
