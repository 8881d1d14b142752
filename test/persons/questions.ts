/** What a person knows of the own phone and backup, by name; values are the keys of `says` below. */
export type World = Record<string, string>;

/** One thing that a question may be about, and the words by which a person finds the fitting answer. */
export interface Subject {
  /** Words of the question. */
  about: RegExp;
  fact: string;
  /** Value to the words of its button. */
  says: Record<string, RegExp>;
  /** Value to what the person types instead; or the phone, the backup or both, in the person's words. */
  types?: Record<string, string> | 'phone and backup';
}

const on = /^yes\b|\bit is on\b|are on$|\bon$/i;
const off = /^no\b|\bit is off\b|is off$|\boff$/i;

/** What a lay person understands of the questions, by their words alone. */
export const subjects: readonly Subject[] = [
  {
    about: /which backup is it, and on which phone|belongs to iphones and ipads/i,
    fact: 'service',
    says: {
      icloud: /icloud/i,
      google: /android: google/i,
      google_photos: /google photos/i,
      samsung_cloud: /samsung cloud/i,
      whatsapp: /whatsapp/i,
    },
    types: 'phone and backup',
  },
  {
    about: /iphone, an ipad or an android/i,
    fact: 'platform',
    says: { iphone: /^iphone$/i, ipad: /^ipad$/i, android: /^android$/i },
  },
  {
    about: /which make is|make of (the )?phone|who made/i,
    fact: 'vendor',
    says: {
      samsung: /samsung/i,
      pixel: /pixel/i,
      xiaomi: /xiaomi/i,
      oneplus: /oneplus/i,
      motorola: /motorola/i,
      other: /another make/i,
    },
    types: { oneplus: 'oneplus', motorola: 'motorola' },
  },
  {
    about: /which backup is it|which backup do you/i,
    fact: 'service',
    says: {
      icloud: /^icloud/i,
      google: /google backup/i,
      google_photos: /google photos/i,
      samsung_cloud: /samsung cloud/i,
      whatsapp: /whatsapp/i,
    },
    types: { google: 'google backup', samsung_cloud: 'samsung cloud' },
  },
  {
    about: /icloud storage, or iphone storage|two different things can be full|call(s)? full/i,
    fact: 'messageNames',
    says: {
      cloud: /icloud storage|google storage/i,
      phone: /iphone storage|the phone/i,
      neither: /neither/i,
    },
  },
  {
    about: /icloud space is free, and how big is the next|two numbers: the free icloud/i,
    fact: 'fit',
    says: { short: /does not fit/i, fits: /^it fits/i },
    types: { short: '0.8 GB free, needs 3.2 GB', fits: '31 GB free, 2.4 GB needed' },
  },
  {
    about: /phone or tablet that you no longer use|old phone can keep/i,
    fact: 'oldBackups',
    says: { yes: /^yes/i, no: /^no/i },
    types: { yes: 'yes my old iphone is still in there', no: 'no only this one' },
  },
  {
    about: /takes most of the space|fills the space|which part is the longest/i,
    fact: 'biggest',
    says: { photos: /photos/i, backups: /backups/i, messages: /messages/i },
    types: { photos: 'photos', messages: 'messages' },
  },
  {
    about: /empty the bin|bin in google photos, gmail and drive/i,
    fact: 'binEmptied',
    says: { yes: /^yes/i, no: /not yet/i },
  },
  {
    about: /do other things stop too|other things (on|over)|videos or web pages/i,
    fact: 'otherThings',
    says: { fine: /only the backup/i, stops: /they stop/i, slow: /slow/i, none: /no wi-fi/i },
    types: { fine: 'no everything else works', stops: 'yes youtube stops too', slow: 'everything is slow' },
  },
  {
    about: /wi-fi sign|how strong/i,
    fact: 'signal',
    says: { strong: /full/i, weak: /one or two/i, changes: /comes and goes/i, none: /no wi-fi/i },
    types: { strong: 'full', weak: 'just one bar', changes: 'it comes and goes' },
  },
  {
    about: /where is the phone when/i,
    fact: 'place',
    says: { home: /home/i, work: /work/i, public: /hotel/i, hotspot: /hotspot/i },
    types: { public: 'in a hotel', work: 'at school' },
  },
  {
    about: /leave this wi-fi|jumped? to mobile data|leave the wi-fi/i,
    fact: 'switched',
    says: { left: /^yes/i, stayed: /^no/i },
  },
  { about: /low data mode|data saver/i, fact: 'dataMode', says: { on, off } },
  { about: /\bvpn\b/i, fact: 'vpn', says: { on: /^yes/i, off: /no vpn|^no/i } },
  {
    about: /two wi-fi names/i,
    fact: 'wifiNames',
    says: { five: /with 5g/i, two: /the other/i, single: /only one/i },
  },
  {
    about: /how fast is your upload/i,
    fact: 'upload',
    says: { slow: /under 1/i, medium: /1 to 5/i, fast: /over 5/i },
    types: { slow: '0.7 Mbps, 30 GB', medium: '3 Mbps, 40 GB', fast: '20 Mbps, 10 GB' },
  },
  {
    about: /start the backup by hand, does it finish|by hand/i,
    fact: 'byHand',
    says: { works: /by hand it does/i, fails: /it fails too/i, untried: /not tried/i },
    types: { works: 'yes when i start it myself it works', fails: 'no that fails too' },
  },
  {
    about: /at night|overnight/i,
    fact: 'night',
    says: {
      all: /all three/i,
      'no-charger': /not on the charger/i,
      'no-wifi': /no wi-fi/i,
      'in-use': /in use/i,
    },
    types: { 'no-charger': 'its not on the charger', 'no-wifi': 'no wifi in the bedroom' },
  },
  {
    about: /screen goes dark|leave the app/i,
    fact: 'screenOff',
    says: { pauses: /it pauses/i, 'goes-on': /goes on/i },
    types: { pauses: 'yes it stops as soon as the screen is off' },
  },
  {
    about: /battery sign|battery saver|power saving|low power mode/i,
    fact: 'powerMode',
    says: { on: /^yes/i, off: /^no/i },
  },
  {
    about: /on its charger while|charger while the backup/i,
    fact: 'charging',
    says: { plugged: /plugged in/i, battery: /on battery/i, empty: /gets low/i, loose: /stops charging/i },
    types: { plugged: 'yes it is plugged in', battery: 'no on battery' },
  },
  {
    about: /get the data back|happens when you try to get/i,
    fact: 'restoring',
    says: {
      'no-list': /no backup is shown/i,
      version: /wants an update/i,
      slow: /very long/i,
      'set-up': /set up already/i,
    },
  },
  {
    about: /same account as the old|same e-mail address/i,
    fact: 'sameAccount',
    says: { yes: /^the same/i, no: /another one/i },
  },
  {
    about: /is the backup switched on|backup switch/i,
    fact: 'backupSwitch',
    says: { on: /it is on/i, off: /it is off/i, grey: /can't tap/i },
    types: { grey: 'it is greyed out', off: 'it is off' },
  },
  {
    about: /from your work or a school|who manages/i,
    fact: 'managed',
    says: { work: /^yes/i, family: /parent/i, own: /^no/i },
  },
  {
    about: /what is missing from/i,
    fact: 'missingWhat',
    says: { photos: /photos/i, chats: /chats/i, lists: /contacts/i, apps: /app or game/i },
  },
  {
    about: /what does it say about the backup|tap your picture/i,
    fact: 'photosStatus',
    says: { off: /backup is off/i, waiting: /waits/i, preparing: /gets ready/i, full: /full/i },
    types: {
      complete: 'it says backup complete',
      skipped: 'some items were skipped',
      preparing: 'getting ready',
    },
  },
  {
    about: /which account stands|which google account/i,
    fact: 'account',
    says: { right: /right one/i, other: /another account/i, none: /no account/i },
  },
  {
    about: /ask for a pin/i,
    fact: 'screenLock',
    says: { set: /^yes/i, none: /^no/i },
    types: { none: 'no i just swipe' },
  },
  {
    about: /how big is the chat backup/i,
    fact: 'chatRoom',
    says: { short: /less than twice/i, enough: /twice or more/i },
    types: { short: '1 GB free, 4 GB backup', enough: '20 GB free, 2 GB backup' },
  },
  {
    about: /icloud drive switched on/i,
    fact: 'icloudDrive',
    says: { on: /both are on|it is on/i, off: /one is off|it is off/i },
  },
  {
    about: /how long has it been running/i,
    fact: 'running',
    says: { wait: /less than a day/i, overdue: /more than a day/i },
    types: { wait: '5 hours', overdue: '3 days' },
  },
  {
    about: /last 30 minutes|change at all/i,
    fact: 'moving',
    says: { moves: /it changed/i, still: /nothing changed/i },
  },
  {
    about: /first backup of this phone|set up a short while/i,
    fact: 'firstRun',
    says: { first: /first one/i, 'just-restored': /just set up/i, later: /neither/i },
  },
  {
    about: /what does the backup do\b/i,
    fact: 'happens',
    says: { fails: /error/i, hangs: /hangs/i, never: /never starts/i, missing: /missing/i },
    types: { hangs: 'it just hangs', never: 'it never starts', restoring: 'i want to restore' },
  },
  {
    about: /what does the message say/i,
    fact: 'message',
    says: {
      failed: /only that it failed/i,
      'cloud full': /(icloud|google) is full/i,
      'phone full': /phone is full/i,
      network: /wi-fi/i,
    },
    types: {
      'cloud full': 'not enough storage',
      account: 'something about my account',
      access: 'it wants access to my photos',
      item: 'that an item was skipped',
      update: 'that an update is required',
      off: 'that backup is off',
      power: 'it says connect to power',
      busy: 'still estimating',
      none: 'there is no message',
    },
  },
  {
    about: /after an update of the phone or|began? to fail after/i,
    fact: 'sinceUpdate',
    says: { system: /phone update/i, app: /app update/i, neither: /^no/i },
    types: { system: 'yes right after the update', neither: 'no' },
  },
  {
    about: /where do you see that it failed/i,
    fact: 'service',
    says: {
      icloud: /in settings/i,
      google: /in settings/i,
      google_photos: /google photos/i,
      whatsapp: /whatsapp/i,
    },
  },
  {
    about: /status page/i,
    fact: 'statusPage',
    says: { problem: /problem/i, green: /green/i },
  },
  {
    about: /offer a system update/i,
    fact: 'systemUpdate',
    says: { waiting: /waiting/i, current: /up to date/i },
  },
  {
    about: /app store, is an update/i,
    fact: 'appUpdate',
    says: { offered: /offered/i, installing: /installing/i, neither: /neither/i },
  },
  {
    about: /which photos may/i,
    fact: 'photoAccess',
    says: { all: /all/i, some: /only some/i, none: /none/i },
  },
  {
    about: /sign in again, or to confirm|confirm an e-mail/i,
    fact: 'accountNotice',
    says: { 'sign-in': /sign in/i, email: /e-mail/i, neither: /neither/i },
  },
  {
    about: /nobody opened the backup app/i,
    fact: 'appUnused',
    says: { long: /not for months/i, often: /often/i },
  },
  {
    about: /same file or the same percentage/i,
    fact: 'sameItem',
    says: { same: /same one/i, different: /different/i },
    types: { same: 'yes always at the same spot' },
  },
  {
    about: /latest photos and videos|will not open, looks broken/i,
    fact: 'oddMedia',
    says: { broken: /not open/i, huge: /odd size/i, none: /look fine/i },
  },
];

/** What a healthy phone and backup answer; a cause changes some of it. */
export const healthy: World = {
  messageNames: 'neither',
  fit: 'fits',
  oldBackups: 'no',
  biggest: 'photos',
  binEmptied: 'yes',
  otherThings: 'fine',
  signal: 'strong',
  place: 'home',
  switched: 'stayed',
  dataMode: 'off',
  vpn: 'off',
  wifiNames: 'single',
  upload: 'fast',
  byHand: 'fails',
  night: 'all',
  screenOff: 'goes-on',
  powerMode: 'off',
  charging: 'plugged',
  backupSwitch: 'on',
  managed: 'own',
  account: 'right',
  screenLock: 'set',
  chatRoom: 'enough',
  icloudDrive: 'on',
  firstRun: 'later',
  happens: 'fails',
  message: 'failed',
  sinceUpdate: 'neither',
  statusPage: 'green',
  systemUpdate: 'current',
  appUpdate: 'neither',
  photoAccess: 'all',
  accountNotice: 'neither',
  appUnused: 'often',
  sameItem: 'different',
  oddMedia: 'none',
};
