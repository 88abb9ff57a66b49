import CursesTerminal
import Foundation
import Synchronization

/// Whether the program has to end: by Ctrl-C, by `kill`, or because its terminal was closed.
enum Interrupt {
    private static let flag = Atomic(false)

    private static let signals = [SIGINT, SIGTERM, SIGHUP]

    static var isRequested: Bool { flag.load(ordering: .relaxed) }

    /// Does what a signal does, for a part that handles signals itself.
    static func request() { flag.store(true, ordering: .relaxed) }

    /// From now on the first signal asks the program to end, and a second one of its kind ends it. Several hang-ups
    /// count as one, as a closed terminal sends several. A signal that is ignored when the program starts, as with
    /// nohup and a shell's `&`, stays ignored.
    static func watch() {
        // The flag must exist before a handler can set it.
        flag.store(false, ordering: .relaxed)
        var action = sigaction()
        action.__sigaction_handler.sa_handler = { _ in Interrupt.flag.store(true, ordering: .relaxed) }
        let wanted = signals.filter { !CursesTerminal.isIgnored($0) }
        for signal in wanted {
            action.sa_flags = signal == SIGHUP ? SA_RESTART : Int32(bitPattern: UInt32(SA_RESETHAND)) | SA_RESTART
            sigaction(signal, &action, nil)
        }
        // The parent process may have blocked the signal, and the mask is inherited.
        var mask = sigset_t()
        sigemptyset(&mask)
        for signal in wanted { sigaddset(&mask, signal) }
        pthread_sigmask(SIG_UNBLOCK, &mask, nil)
    }
}
