/** The descriptions of Uniform Crime Reporting codes as the St. Louis Metropolitan Police abbreviates them. */
import type { CategoryMap } from '../category-map.ts';

// The order counts: what narrows a group down stands before the group. Groups are compared with how the
// Home Office counts: harassment and stalking are violence, trespass and begging anti-social behaviour.
export const ST_LOUIS: CategoryMap = {
  source: /^slmpd$/i,
  categories: [
    [/^(rape|sex offns)\b/i, 'sexual-offences'],
    [/^robbery\b/i, 'robbery'],
    [/^(homicide|kidnapping|simple assault|agg\.assault|ass?lt-aggra?v|assault,)/i, 'violence'],
    [/^(aggravated )?stalking\b|felonious restraint/i, 'violence'],
    [/^family & child crime-(endangr|child abuse|abandon)/i, 'violence'],
    // Shots in the street are mostly reported, not found by a search: as weapons they would count as found.
    [/^weapons-.*(dischrging|discharging|flourishing)/i, 'public-order'],
    [/^(weapons-|explosives-possession)/i, 'possession-of-weapons'],
    [/^(drugs-|health-(glue sniffing|possess))/i, 'drugs'],
    [/^burglary-/i, 'burglary'],
    [/^auto theft-|^larceny-(from )?mtr veh|^destruc property-tmprng\/with auto/i, 'vehicle-crime'],
    [/^larceny-shoplift/i, 'shoplifting'],
    [/^larceny-bicycles/i, 'bicycle-theft'],
    [/^larc(eny)?-(all oth\/frm prsn|pickpocket|purse ?snatch)/i, 'theft-from-person'],
    [/^(larceny-|embezzlement|failure to return)/i, 'other-theft'],
    [/^arson-/i, 'criminal-damage-arson'],
    [/^(destruction of property|destruc property|dstrctn prprty)/i, 'criminal-damage-arson'],
    [/^loitering-|^public order-(trespassing|animal)|^safety-fireworks/i, 'anti-social-behaviour'],
    [/^disorderly conduct-(peace dstrb|othr dstrb\/unnec noise)/i, 'anti-social-behaviour'],
    [/^liquor laws-(othr unspec|possession by a minor)/i, 'anti-social-behaviour'],
    [/^(disorderly conduct-|explosives-false)/i, 'public-order'],
    [/^public order-(othr unspc pblc|under-age|demonstrating)/i, 'public-order'],
    [/^(leaving scene of accident|dui-|public order-|liquor laws-|obstruct|health-|safety-)/i, 'other'],
    [/^(fraud|frd\/|attempt fraud|forgery|stlg by deceit|stolen property|gambling-)/i, 'other'],
    [/^(prostitution|pornagraphy|family & child crime-|all oth|conspiracy|abandonment)/i, 'other'],
    [/^possession of burglar tools/i, 'other'],
  ],
  markers: [
    [/\bknife\b/i, 'knife'],
    [/\bfirearm\b|^weapons-.*(dischrging|discharging|flourishing)/i, 'firearm'],
    [/-domestic$/i, 'domestic'],
    [/\b(child|chld|minor|under-age)\b|vic( 12-13|<12)/i, 'youth'],
    [/^(liquor laws-|dui-drving (while intoxicated|undr influnc alc))/i, 'alcohol'],
  ],
};
