import DataFormats
import Datasets
import Foundation

/// Loads the data set on a thread of its own; `dataLoaded` or `dataFailed` comes of it.
struct DataLoader {
    let source: DatasetSource
    let mailbox: ActionMailbox
    /// Called first on every thread that loads.
    let onThread: @Sendable () -> Void

    func load() {
        let (source, mailbox, onThread) = (source, mailbox, onThread)
        let thread = Thread {
            onThread()
            do throws(DataError) {
                mailbox.post(.dataLoaded(LoadedData(try source.load(onThread: onThread))))
            } catch {
                mailbox.post(.dataFailed(error))
            }
        }
        thread.name = "data"
        thread.start()
    }
}
