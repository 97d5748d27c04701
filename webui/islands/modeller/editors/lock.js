/** A draft with an open proposal is looked at only: nothing may be drawn, and the tools for it are away. */
const FIRST = 10_000;

class Lock {
  constructor(config, eventBus, commandStack) {
    this.locked = Boolean(config?.locked);
    const refuse = () => (this.locked ? false : undefined);
    eventBus.on("commandStack.canExecute", FIRST, refuse);
    eventBus.on(["element.dblclick", "contextPad.open", "popupMenu.open"], FIRST, refuse);
    const execute = commandStack.execute.bind(commandStack);
    commandStack.execute = (command, context) => (this.locked ? undefined : execute(command, context));
  }

  set(locked) {
    this.locked = locked;
  }
}
Lock.$inject = ["config.lock", "eventBus", "commandStack"];

export const lockModule = { __init__: ["plus1Lock"], plus1Lock: ["type", Lock] };
